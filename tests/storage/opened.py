# SPDX-License-Identifier: Apache-2.0
"""Whole clinics with key slots for tests; guessing is cheap here, and only here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.access.service import Access
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Clock, FixedClock
from clinicdesk.storage.clinic_file import Created, Opened, create, unlock
from clinicdesk.storage.keys import Argon, ByPassword, KdfCost, Way
from clinicdesk.storage.records import Records
from tests.support.clinics import NOON, a_profile, declare_tables

CHEAP = KdfCost(Argon(8, 1, 1), Argon(16, 1, 1))
PASSWORD = "demo-clinic-demo"
OWNER = ByPassword("owner", PASSWORD)


@dataclass(frozen=True)
class Whole:
    """A clinic with an owner, open."""

    path: Path
    created: Created
    access: Access
    owner: Actor

    @property
    def records(self) -> Records:
        return self.created.records

    @property
    def opened(self) -> Opened:
        return self.created.opened


def a_whole_clinic(folder: Path, *, name: str = "maple.clinic", cost: KdfCost = CHEAP) -> Whole:
    """Make a clinic as the wizard does."""
    declare_tables()
    path = folder / name
    created = create(path, a_profile(), OWNER, FixedClock(NOON), cost=cost)
    access = Access(created.records, created.opened.ring)
    return Whole(path, created, access, access.establish(created.opened, "owner", "Ada Owner"))


def a_closed_clinic(folder: Path, *, name: str = "maple.clinic") -> Whole:
    """Make one and close it again."""
    whole = a_whole_clinic(folder, name=name)
    whole.records.close()
    return whole


def enter(path: Path, desk: Path, way: Way = OWNER) -> Opened:
    """Unlock with cheap guesses."""
    return unlock(path, way, cost=CHEAP, desk=desk)


def signed_in(records: Records, opened: Opened) -> Actor:
    """Return who opened, as the assembly does."""
    return Access(records, opened.ring).sign_in(opened)


def act(records: Records, actor: Actor, count: int = 1, clock: Clock | None = None) -> None:
    """Write audit rows."""
    for number in range(count):
        with records.write(actor, "test.act") as work:
            work.record("thing", number, after={"number": number})


def every_byte(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a folder, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
