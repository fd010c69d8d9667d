# SPDX-License-Identifier: Apache-2.0
"""One window per person and clinic: a second start raises the first and leaves.

A local socket only (a named pipe on Windows), readable by this person alone; no address, no port.
Qt's network library is loaded here and nowhere else, when the window opens.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS: Final = 500
_LONGEST: Final = 4096


def socket_name(clinic: Path, person: str) -> str:
    """Return the name under which the window of a clinic can be reached by its person."""
    told = f"{person}\0{clinic.resolve()}".encode()
    return f"clinicdesk-{hashlib.sha256(told).hexdigest()[:24]}"


class SingleInstance(QObject):
    """Either the first window, which hears others, or a later one, which tells the first.

    Attributes:
        called: another start was made with these words; raise the window.
    """

    called = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def call_first(self, words: str = "") -> bool:
        """Tell the first window; False if there is none, so this is the first."""
        from PySide6.QtNetwork import QLocalSocket

        caller = QLocalSocket()
        caller.connectToServer(self.name)
        if not caller.waitForConnected(_WAIT_MS):
            return False
        caller.write(words.encode()[:_LONGEST] + b"\n")
        caller.waitForBytesWritten(_WAIT_MS)
        caller.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Be the first window; False if the system does not let us."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(self.name):
            QLocalServer.removeServer(self.name)  # left by a window that was killed
            if not server.listen(self.name):
                return False
        server.newConnection.connect(self._hear)
        self._server = server
        return True

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _hear(self) -> None:
        if self._server is None:
            return
        caller = self._server.nextPendingConnection()
        if caller is not None:
            self._callers.append(caller)
            caller.readyRead.connect(self._read)
            caller.disconnected.connect(self._gone)
            self._read()

    def _read(self) -> None:
        for caller in self._callers:
            if caller.canReadLine():
                words = bytes(caller.readLine(_LONGEST).data()).decode(errors="replace")
                self.called.emit(words.strip())

    def _gone(self) -> None:
        gone = self.sender()
        self._callers = [caller for caller in self._callers if caller is not gone]
        gone.deleteLater()
