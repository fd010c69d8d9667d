# SPDX-License-Identifier: Apache-2.0
"""W1: from starting the process to the sign-in window painted, beside an empty Qt window.

Each start is a process of its own that leaves at once when the first window has been painted, on
Qt's offscreen platform and with folders of its own, so that nobody's settings are read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.pairs import Measured, measure
from tests.bench.place import Place

_LEAVE = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Leave(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint and isinstance(seen, QWidget) and seen.isWindow():
            QTimer.singleShot(0, lambda: (os.write(1, seen.windowTitle().encode()), os._exit(0)))
        return False
"""
_EMPTY = (
    _LEAVE
    + """
app = QApplication([]); leave = Leave(); app.installEventFilter(leave)
window = QWidget(); window.setWindowTitle("Sign in"); window.resize(1000, 700); window.show()
app.exec()
"""
)
_OURS = (
    """
import argparse, pathlib, sys
from clinicdesk.app.signing_in import Program
wanted = argparse.Namespace(clinic=pathlib.Path(sys.argv[1]), user="owner", reset_layout=False)
program = Program(wanted)
"""
    + _LEAVE
    + """
leave = Leave(); QApplication.instance().installEventFilter(leave)
program.run()
"""
)


def starting(place: Place, folder: Path, pairs: int = 9) -> Measured:
    """Measure starts, warm: the first, unmeasured pair fills the file cache."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "en_GB.UTF-8",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }

    def started(program: str) -> str:
        command = [sys.executable, "-c", program, str(place.clinic.path)]
        done = subprocess.run(
            command, env=environment, capture_output=True, check=True, text=True, timeout=60
        )
        return done.stdout

    def same(ours: object, limit: object) -> bool:
        """Both showed a window, and ours was the one that asks who is there."""
        return str(ours).startswith("Sign in") and str(limit).startswith("Sign in")

    return measure(
        "W1 start to the sign-in window, warm",
        lambda: started(_OURS),
        lambda: started(_EMPTY),
        bar=2.5,
        same=same,
        pairs=pairs,
    )
