# SPDX-License-Identifier: Apache-2.0
"""The command line: the same services as the window's, without a display.

Each verb is a module with ``run(arguments) -> int``. Errors become one plain sentence on
standard error and an exit code: 1 refused or a check failed, 3 trouble.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable
from functools import partial

from clinicdesk.commands.speaking import sentence
from clinicdesk.kernel.refusals import Refusal, Trouble

_MODULES = {
    "demo": "demonstrate",
    "import": "bring_in",
    "report": "report",
    "verify": "verify",
    "backup": "back_up",
    "restore": "put_back",
}


def run(arguments: argparse.Namespace) -> int:
    """Carry out one command and return its exit code."""
    verb = importlib.import_module(f"clinicdesk.commands.{_MODULES[arguments.verb]}")
    return guarded(partial(verb.run, arguments))


def guarded(act: Callable[[], int]) -> int:
    """Carry out an act; say what went wrong in one sentence and return the exit code."""
    try:
        return act()
    except Refusal as refusal:
        print(sentence(refusal), file=sys.stderr)
        return 1
    except Trouble as trouble:
        print(sentence(trouble), file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed that was not confirmed.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
