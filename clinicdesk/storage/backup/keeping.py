# SPDX-License-Identifier: Apache-2.0
"""Which backups of a folder stay: many of the last days, fewer of earlier times, never too few.

Kept are all of today and yesterday and the newest of each of the last 14 days, 8 weeks, 24 months
and 7 years in which there is one at all. Periods are counted, not years gone by, so a clock that
jumps removes nothing; the three newest stay whatever their dates. Only backups whose manifest
the clinic's own backup key signed count, and only they are ever removed. A folder in which
something is missing that was there the last time is left as it is: whoever emptied it must not
get the rest removed by our own hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.storage.backup.container import Backup, Manifest
from clinicdesk.storage.backup.writing import SUFFIX
from clinicdesk.storage.keys import Argon, KdfCost, KeyRing
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.storage.tables import audit, setting

DAYS, WEEKS, MONTHS, YEARS = 14, 8, 24, 7
AT_LEAST = 3
_READ_AGAIN_DAYS = 7
_SET = "backup.set"
_ANY_COST = KdfCost(Argon(8, 1, 1), Argon(8, 1, 1))  # no slot is opened here

_CLASSES: tuple[tuple[Callable[[date], object], int], ...] = (
    (lambda day: day, DAYS),
    (lambda day: day.isocalendar()[:2], WEEKS),
    (lambda day: (day.year, day.month), MONTHS),
    (lambda day: day.year, YEARS),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A genuine backup of the clinic.

    Attributes:
        made_at: as its signed manifest says.
    """

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was done to a folder.

    Attributes:
        kept: how many genuine backups are in it now.
        removed: names of those that had served.
        missing: names that were there the last time and are not, or not genuine any more.
        rotted: names whose contents do not agree with their manifest.
    """

    kept: int
    removed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rotted: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is to be told."""
        return not (self.missing or self.rotted)


def keeping(days: Sequence[date], today: date) -> set[int]:
    """Return the places of what stays, of days given with the newest backup first."""
    kept = set(range(min(AT_LEAST, len(days))))
    kept |= {place for place, day in enumerate(days) if day >= today - timedelta(days=1)}
    for period_of, most in _CLASSES:
        periods: set[object] = set()
        for place, day in enumerate(days):
            period = period_of(day)
            if period in periods:
                continue
            if len(periods) == most:
                break
            periods.add(period)
            kept.add(place)
    return kept


def found_in(folder: Path, ring: KeyRing) -> tuple[Found, ...]:
    """Return the clinic's genuine backups in a folder, the newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            manifest: Manifest = Backup.manifest_of(path)
        except Trouble:
            continue
        if manifest.clinic == ring.clinic and manifest.is_genuine(ring.backup_key):
            found.append(Found(path, datetime.fromisoformat(manifest.made_at)))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def rotate(records: Records, ring: KeyRing, folder: Path, actor: Actor) -> Rotation:
    """Remove what has served from the folder of the daily backups; after a proved new one."""
    found = found_in(folder, ring)
    names = {one.path.name for one in found}
    with records.read() as reading:
        today, zone = reading.today, reading.zone
        missing = tuple(sorted(_expected(reading, folder) - names))
    rotted = _rotted(found, today)
    removed: list[str] = []
    if not missing and not rotted:
        kept = keeping([zone.day(one.made_at) for one in found], today)
        for place, one in enumerate(found):
            if place not in kept:
                one.path.unlink(missing_ok=True)
                removed.append(one.path.name)
    with records.write(actor, "storage.rotate") as work:
        _expect(work, folder, names - set(removed))
        if removed or missing or rotted:
            work.record(
                "backup",
                None,
                category="security",
                after={"removed": removed, "missing": list(missing), "rotted": list(rotted)},
            )
    return Rotation(len(found) - len(removed), tuple(removed), missing, rotted)


def last_backup(records: Records) -> datetime | None:
    """Return when the latest proved backup of this file was noted in its trail."""
    statement = (
        sa.select(audit.c.at)
        .where(audit.c.object_kind == "backup", audit.c.action == "storage.backup")
        .order_by(audit.c.seq.desc())
        .limit(1)
    )
    with records.read() as reading:
        found: datetime | None = reading.execute(statement).scalar()
    return found


def acts_since(records: Records, instant: datetime) -> int:
    """Return how many acts were done after an instant, signing in and out left out."""
    statement = (
        sa.select(sa.func.count())
        .select_from(audit)
        .where(audit.c.at > instant, audit.c.category != "security")
    )
    with records.read() as reading:
        return int(reading.execute(statement).scalar_one())


def _rotted(found: Sequence[Found], today: date) -> tuple[str, ...]:
    """Read a seventh of them whole, another each day; the newest was proved a moment ago."""
    rotted = []
    for one in found[1:]:
        turn = sum(one.path.name.encode()) % _READ_AGAIN_DAYS
        if turn != today.toordinal() % _READ_AGAIN_DAYS:
            continue
        try:
            Backup.read(one.path, _ANY_COST)
        except Trouble:
            rotted.append(one.path.name)
    return tuple(rotted)


def _expected(reading: Reading, folder: Path) -> set[str]:
    kept = reading.execute(sa.select(setting.c.value).where(setting.c.key == _SET)).scalar()
    if kept is None:
        return set()
    own = json.loads(kept)
    return set(own["names"]) if own["folder"] == str(folder) else set()


def _expect(work: UnitOfWork, folder: Path, names: Iterable[str]) -> None:
    value = json.dumps({"folder": str(folder), "names": sorted(names)})
    changed = work.execute(
        setting.update()
        .where(setting.c.key == _SET)
        .values(value=value, version=setting.c.version + 1)
    )
    if changed.rowcount == 0:
        work.execute(setting.insert().values(key=_SET, value=value))
