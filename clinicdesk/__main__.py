# SPDX-License-Identifier: Apache-2.0
"""The way in: arguments, then either the window or a command.

Qt is imported only for the window and the tour; ``--version`` and the commands never touch it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    from clinicdesk.commands.arguments import parse  # noqa: PLC0415 -- cheap first, see module

    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    if parsed.verb is None or parsed.verb == "tour":
        from clinicdesk import app  # noqa: PLC0415 -- Qt, only when a window is wanted

        return app.run(parsed)
    from clinicdesk import commands  # noqa: PLC0415 -- the database, only when needed

    return commands.run(parsed)


if __name__ == "__main__":
    sys.exit(main())
