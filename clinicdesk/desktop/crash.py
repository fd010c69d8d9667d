# SPDX-License-Identifier: Apache-2.0
"""The net for bugs: a scrubbed trace in the log and one honest sentence on screen.

The log gets types, files, line numbers and function names. It never gets a message, a value or an
argument, because those may hold a name, a note or what was typed into a query.
"""

from __future__ import annotations

import hashlib
import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from clinicdesk import __version__
from clinicdesk.desktop.log_file import log_file
from clinicdesk.desktop.notices import Notices
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.wording.text import _

_log = logging.getLogger(__name__)


def scrubbed(failure: BaseException) -> str:
    """Return a trace without any message or value."""
    lines = []
    seen: set[int] = set()
    now: BaseException | None = failure
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        frames = traceback.extract_tb(now.__traceback__)
        lines.append(f"{type(now).__module__}.{type(now).__qualname__}")
        lines.extend(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(lines)


def code(failure: BaseException) -> str:
    """Return what a person can read out on the telephone: the same for the same kind and place.

    Trouble of the environment is coded by its kind alone, a bug by where it was met too.
    """
    told = f"{type(failure).__module__}.{type(failure).__qualname__}"
    frames = traceback.extract_tb(failure.__traceback__)
    if frames and not isinstance(failure, Trouble):
        told += f" {_short(frames[-1].filename)} {frames[-1].name}"
    return "CD-" + hashlib.blake2s(told.encode(), digest_size=3).hexdigest().upper()


def report(failure: BaseException) -> str:
    """Return what support needs to know, without any value: code, versions, scrubbed trace."""
    system = f"{platform.system()} {platform.release()}"
    versions = f"ClinicDesk {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    return "\n".join((code(failure), f"{versions}, {system}", scrubbed(failure)))


class CrashNet(QObject):
    """Catches what nobody expected, in any thread; says so once per place.

    Connect ``Desk.bug_found`` to ``found``, and call ``install`` once.
    """

    _arrived = Signal(str, str)

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._told: set[str] = set()
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch what no caller catches, such as a failure in a slot."""
        sys.excepthook = self._hook

    def remove(self) -> None:
        """Catch no more: the window goes."""
        if sys.excepthook == self._hook:
            sys.excepthook = sys.__excepthook__

    def found(self, failure: BaseException) -> None:
        """Log a bug and tell about it; any thread."""
        _log.error("a bug was met\n%s", scrubbed(failure))
        self._arrived.emit(code(failure), report(failure))

    def _hook(
        self, kind: type[BaseException], failure: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        self.found(failure)

    def _tell(self, short: str, details: str) -> None:
        if short in self._told:
            return
        self._told.add(short)
        advice = _("You can go on working. If it happens again, please report the code below.")
        if log_file().exists():
            advice += "\n" + _("What happened is in the log: {path}").format(path=log_file())
        self._notices.tell(
            _("The program met a fault of its own."),
            _("What was confirmed is kept; what was under way was not carried out."),
            advice,
            details,
            short,
        )


def _short(filename: str) -> str:
    """Return a file's name from the program's folder on, never a person's home folder."""
    parts = filename.replace("\\", "/").split("/")
    start = max((n for n, part in enumerate(parts) if part in {"clinicdesk", "tests"}), default=-2)
    return "/".join(parts[start:]) if start >= 0 else parts[-1]
