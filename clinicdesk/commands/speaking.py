# SPDX-License-Identifier: Apache-2.0
"""How the command line speaks: progress on a terminal, plain sentences, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import _


def sentence(failure: Refusal | Trouble) -> str:
    """Return a failure as one line of plain text in the reader's language."""
    places = {key: str(value) for key, value in failure.fields.items()}
    if isinstance(failure, Refusal):
        return _(failure.wording).format(**places)
    parts = (failure.what, failure.safe, failure.do)
    return " ".join(_(part).format(**places) for part in parts if part)


def as_json(value: Mapping[str, Any]) -> str:
    """Return a result as JSON, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=2)


class Progress:
    """Shows long work on a terminal and stays silent elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """Redraw the line."""
        if self._shown:
            share = f"{done * 100 // total:3} %" if total else f"{done}"
            print(f"\r\033[K{words} {share}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
