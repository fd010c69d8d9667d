# SPDX-License-Identifier: Apache-2.0
"""Slows down whoever guesses passwords at the desk: five free tries, then 2, 4, 8 ... 900 s.

A wrong try is counted before its refusal is shown. Right ones are not counted, so several
programs that sign in at once do not hold each other up. Time is the machine's monotonic clock
alone: moving the wall clock changes nothing, and a restart of the machine can only lengthen a
wait, because the time since it started is all that is sure to have passed. The count is kept in
this user's state folder from the first wrong try and beside the clinic file once somebody has to
wait; the larger count holds, so deleting one of them does not help. One person's tries never hold
up another.

This is no protection of a stolen file: that is the price of a guess (``storage.keys``).
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.storage.files import beside, replace_bytes
from clinicdesk.wording.text import N_

FREE = 5
LONGEST = 900
CLOSED_AFTER = 100
_PEOPLE = 500


class WaitFirst(Refusal):
    """Too many wrong passwords for this name."""

    wording = N_("Too many wrong passwords for this name. Try again in {seconds} seconds.")

    def __init__(self, seconds: int) -> None:
        super().__init__(field="password", seconds=seconds)


class NameClosed(Refusal):
    """A hundred wrong passwords in a row."""

    wording = N_(
        "This name is closed after {count} wrong passwords. "
        "The owner can set a new password, or use the recovery code."
    )

    def __init__(self) -> None:
        super().__init__(field="password", count=CLOSED_AFTER)


@dataclass(frozen=True, slots=True)
class _Tries:
    count: int = 0
    at: float = 0.0  # monotonic seconds of the last one

    def wait(self, now: float) -> float:
        """Return the seconds still to wait."""
        if self.count < FREE:
            return 0.0
        span = min(LONGEST, 2.0 ** min(self.count - FREE + 1, 12))
        passed = now - self.at if now >= self.at else now
        return max(0.0, span - passed)


class Throttle:
    """Counts the wrong tries at one clinic file.

    Attributes:
        near: the count beside the clinic file.
        desk: the count in this user's state folder.
    """

    def __init__(
        self, clinic_file: Path, desk: Path, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.near = beside(clinic_file, ".tries")
        name = hashlib.sha256(str(clinic_file.resolve()).encode()).hexdigest()[:32]
        self.desk = desk / "tries" / f"{name}.json"
        self._monotonic = monotonic

    @contextmanager
    def one_try(self, who: str) -> Iterator[None]:
        """Let a name's tag try inside the block; a refusal counts, success forgives.

        Raises:
            WaitFirst: not yet; this is not counted.
            NameClosed: never again until it is forgiven by the owner.
        """
        self._refuse_now(who)
        try:
            yield
        except Refusal:
            self._keep(who, _Tries(self._tries(who).count + 1, self._monotonic()))
            raise
        self.forgive(who)

    def _refuse_now(self, who: str) -> None:
        tries = self._tries(who)
        if tries.count >= CLOSED_AFTER:
            raise NameClosed
        left = tries.wait(self._monotonic())
        if left > 0:
            raise WaitFirst(max(1, round(left)))

    def forgive(self, who: str) -> None:
        """Forget a name's tries: the password fitted, or the owner set a new one."""
        for path in (self.desk, self.near):
            kept = _load(path)
            if kept.pop(who, None) is None:
                continue
            if kept:
                _save(path, kept)
            else:
                path.unlink(missing_ok=True)

    def _tries(self, who: str) -> _Tries:
        both = (_load(self.desk).get(who, _Tries()), _load(self.near).get(who, _Tries()))
        return max(both, key=lambda tries: (tries.count, tries.at))

    def _keep(self, who: str, tries: _Tries) -> None:
        for path in (self.desk, self.near) if tries.count >= FREE else (self.desk,):
            kept = _load(path)
            kept.pop(who, None)
            kept[who] = tries
            _save(path, dict(list(kept.items())[-_PEOPLE:]))


def _load(path: Path) -> dict[str, _Tries]:
    try:
        kept = json.loads(path.read_bytes())
        return {
            str(who): _Tries(int(count), float(at)) for who, (count, at) in kept["tries"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}  # gone or unreadable: the other copy still counts


def _save(path: Path, kept: dict[str, _Tries]) -> None:
    """Keep the counts; a folder that cannot be written leaves the other copy to count."""
    body = {"tries": {who: [tries.count, tries.at] for who, tries in kept.items()}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, json.dumps(body).encode())
    except OSError:
        return
