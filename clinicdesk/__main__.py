# SPDX-License-Identifier: Apache-2.0
"""The way in: arguments, then either the window or a command.

Qt is imported only for the window and the tour; ``--version`` and the commands never touch it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    from clinicdesk.commands.arguments import parse

    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    if parsed.verb is None:
        from clinicdesk import app

        return app.run(parsed)
    if parsed.verb == "tour":
        from clinicdesk import app, commands
        from clinicdesk.commands.signing_in import password_of

        return commands.guarded(lambda: app.take_tour(parsed, password_of(parsed)))
    from clinicdesk import commands

    return commands.run(parsed)


if __name__ == "__main__":
    sys.exit(main())
