# SPDX-License-Identifier: Apache-2.0
"""Where it is measured: a clinic that may be written to, and a raw connection to the same file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from clinicdesk.assembly import Clinic, create_clinic, open_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER, demo_clock, demo_profile, make_demo
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import FixedClock, SystemClock
from clinicdesk.storage.engine import connect
from clinicdesk.storage.keys import STRONG, KdfCost

PATIENTS_A_YEAR = 4000
_BUSIEST = """
SELECT substr(starts_wall, 1, 10), COUNT(*) FROM appointment
WHERE starts_wall < ? AND starts_wall > ? GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A copy of a clinic, open twice: through ClinicDesk, and by the bare driver.

    Attributes:
        raw: with the same key and pragmas, one connection.
        day: the busiest of the last sixty, which the book is opened at.
    """

    clinic: Clinic
    raw: Any
    day: date

    @property
    def actor(self) -> Actor:
        """Who measures: whoever signed in."""
        return self.clinic.actor

    @property
    def today(self) -> date:
        """The clinic's day."""
        return self.clinic.records.profile.zone.day(self.clinic.records.clock.now())

    def one(self, query: str, *values: object) -> Any:
        """Return the first column of the first row."""
        return self.raw.execute(query, values).fetchone()[0]

    def newest(self, table: str) -> int:
        """Return the greatest id of a table."""
        return int(self.one(f"SELECT COALESCE(MAX(id), 0) FROM {table}"))  # noqa: S608 -- own names


def make(
    folder: Path,
    years: int,
    *,
    patients: int | None = None,
    providers: int = 6,
    cost: KdfCost = STRONG,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _words: None,
) -> Path:
    """Make a demo clinic in a folder and return its path."""
    path = folder / "bench.clinic"
    profile = demo_profile(1)
    until = profile.zone.day(SystemClock().now())
    while until.weekday() > 4:
        until -= timedelta(days=1)
    clock = demo_clock(profile, until, years)
    made = create_clinic(
        path, profile, "Bench Owner", DEMO_USER, DEMO_PASSWORD, clock=clock, cost=cost
    )
    with made[0] as clinic:
        make_demo(
            clinic,
            years=years,
            patients=PATIENTS_A_YEAR * max(1, years) if patients is None else patients,
            providers=providers,
            seed=1,
            until=until,
            progress=progress,
        )
    return path


def copied(clinic: Path, folder: Path) -> Path:
    """Copy a closed clinic file with its keys: measuring writes, and never into the original."""
    target = folder / "copy.clinic"
    for suffix in ("", "-wal", ".keys", ".keys2"):
        source = clinic.with_name(clinic.name + suffix)
        if source.exists():
            shutil.copyfile(source, target.with_name(target.name + suffix))
    return target


@contextmanager
def opened(
    path: Path, user: str = DEMO_USER, password: str = DEMO_PASSWORD, cost: KdfCost = STRONG
) -> Iterator[Place]:
    """Open a place; its clock stands a minute after the last thing that was done there."""
    with open_clinic(path, user, password, cost=cost) as clinic:
        last = clinic.records.last_act()
        now = SystemClock().now()
        clinic.records.clock = FixedClock(now if last is None else last + timedelta(minutes=1))
        raw = connect(path, clinic.opened.data_key)
        today = clinic.records.profile.zone.day(clinic.records.clock.now())
        span = ((today + timedelta(days=1)).isoformat(), (today - timedelta(days=60)).isoformat())
        found = raw.execute(_BUSIEST, span).fetchone()
        try:
            yield Place(clinic, raw, today if found is None else date.fromisoformat(found[0]))
        finally:
            raw.close()
