# SPDX-License-Identifier: Apache-2.0
"""The log on disk: what the program did and what failed, with nothing of any patient.

Modules log types, places, names of code and times, never values. What could still bring one in,
the message of an exception, is scrubbed here too. A log that cannot be written is done without.
"""

from __future__ import annotations

import logging
import os
import platform
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from clinicdesk import __version__

LARGEST: Final = 512 * 1024
OLDER: Final = 4  # files kept beside the one written
_ROOT: Final = "clinicdesk"
_FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def log_folder() -> Path:
    """Return the platform's folder for logs: below ``$XDG_STATE_HOME`` on Linux."""
    from platformdirs import user_log_path

    return user_log_path("clinicdesk", appauthor=False)


def log_file() -> Path:
    """Return the file that is written now; older ones end in .1 and so on."""
    return log_folder() / "clinicdesk.log"


class _Scrubbing(logging.Formatter):
    """Writes of an exception what ``crash`` lets out: no message, no value."""

    def formatException(self, ei: _ExcInfo) -> str:
        from clinicdesk.desktop.crash import scrubbed  # which writes to this log

        return scrubbed(ei[1]) if ei[1] is not None else ""

    def formatStack(self, stack_info: str) -> str:
        """Return nothing: a stack as logging tells it quotes lines of code."""
        del stack_info
        return ""


class _OwnFile(RotatingFileHandler):
    """Readable by the person at the desk only; never gets in the way."""

    def _open(self) -> object:  # type: ignore[override]
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=private)

    def handleError(self, record: logging.LogRecord) -> None:
        """Do without: the disk may be full, or another window turning the files over."""
        del record


def begin() -> logging.Handler | None:
    """Write what the program logs from now on to the file; None if that cannot be."""
    path = log_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _OwnFile(path, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Scrubbing(_FORM))
    root = logging.getLogger(_ROOT)
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    system = f"{platform.system()} {platform.release()}"
    python = ".".join(map(str, sys.version_info[:3]))
    _log.info("ClinicDesk %s, Python %s, %s", __version__, python, system)
    return handler


def end(handler: logging.Handler | None) -> None:
    """Let go of the file."""
    if handler is not None:
        logging.getLogger(_ROOT).removeHandler(handler)
        handler.close()
