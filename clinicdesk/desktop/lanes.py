# SPDX-License-Identifier: Apache-2.0
"""Lanes: the only threads of the window.

``records`` is one thread that carries out commands and short reads in the order asked; ``errands``
are two for long reads, papers, backup and import. What a lane returns reaches the window as a
queued signal to a method of an object of the window's thread, never as a call from the lane: a
lambda would run in the lane and touch widgets there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger(__name__)
SLOW_MS = 100.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: its value, or what it raised."""

    ticket: int
    value: Any = None
    failure: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: int
    work: Callable[[], Any]
    name: str


class Lane(QObject):
    """A queue with its threads; lives on the window's thread.

    Attributes:
        ended: an ``Outcome``, delivered on the window's thread.
    """

    ended = Signal(object)
    _finished = Signal(object)

    def __init__(self, name: str, threads: int = 1, *, slow_ms: float | None = None) -> None:
        super().__init__()
        self.name = name
        self._slow_ms = slow_ms
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, ticket: int, work: Callable[[], Any], name: str = "") -> None:
        """Queue a job; its outcome comes with the ticket."""
        self._jobs.put(_Job(ticket, work, name))

    def close(self, wait_s: float = 10.0) -> bool:
        """Finish what is queued and end the threads; tell whether all ended in time."""
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(wait_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            outcome = self._outcome(job)
            try:
                self._finished.emit(outcome)
            except RuntimeError:  # the window is gone already
                return

    def _outcome(self, job: _Job) -> Outcome:
        started = perf_counter()
        try:
            value = job.work()
        except BaseException as failure:  # noqa: BLE001 -- carried to the window, which decides
            return Outcome(job.ticket, failure=failure)
        finally:
            spent = (perf_counter() - started) * 1000
            if self._slow_ms is not None and spent > self._slow_ms:
                _log.info("%s took %.0f ms on the %s lane", job.name, spent, self.name)
        return Outcome(job.ticket, value=value)

    def _deliver(self, outcome: Outcome) -> None:
        self.ended.emit(outcome)
