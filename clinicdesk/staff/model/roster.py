# SPDX-License-Identifier: Apache-2.0
"""Commands of the roster, and how a typed span becomes one that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import ClinicZone, NoSuchWallTime, Slot, utc_minute
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model.grammar import DayPlan
from clinicdesk.wording.text import N_

DRAFT: Final = "draft"
PUBLISHED: Final = "published"
REPLACED: Final = "replaced"  # was published, or asked for, and is no longer in force
ASKED, APPROVED, REFUSED, WITHDRAWN = "asked", "approved", "refused", "withdrawn"
ASK_LEAVE, ASK_SWAP, ASK_TAKE = "leave", "swap", "take"


class NoSuchHours(Refusal):
    """All of the hours fall into the gap of a clock change."""

    wording = N_("The clocks go forward then: these hours do not exist on {day}.")


class NothingToPublish(Refusal):
    """No draft in the week."""

    wording = N_("Everything in this week is published already.")


class NothingToCopy(Refusal):
    """Nothing to fill, or nothing to fill it with."""

    wording = N_("Every day of this week is planned already.")


class RosterWentOn(Refusal):
    """The roster was changed after what shall be taken back."""

    wording = N_("The roster was changed since. Plan the days anew instead.")


class NotYours(Refusal):
    """Somebody asks in the name of somebody else."""

    wording = N_("You can ask for yourself only.")


class NotOnStaff(Refusal):
    """The signed-in user is nobody of the staff."""

    wording = N_("Your sign-in belongs to nobody on the staff. The manager can link the two.")


class AlreadyDecided(Refusal):
    """A request that somebody decided meanwhile."""

    wording = N_("This request was decided already.")


class NoShiftThere(Refusal):
    """A swap of a day on which nobody works."""

    wording = N_("There is no shift to swap on {day}.")


class DaysBackwards(Refusal):
    """Leave that ends before it begins, or lasts over a year."""

    wording = N_("The last day is before the first.")


@dataclass(frozen=True, slots=True)
class CellWish:
    """What a day of somebody shall be.

    Attributes:
        staff_id: None is the row of open shifts.
        plan: None takes the draft away, so that what is published shows again.
        seen: ids of the shifts that were seen there; None asks nothing.
        found: the draft that must be there, one value, itself None for no draft; for undoing,
            because what is undone has other ids when it is done again. None asks nothing.
    """

    staff_id: int | None
    on: date
    plan: DayPlan | None
    seen: tuple[int, ...] | None = None
    found: tuple[DayPlan | None] | None = None


@dataclass(frozen=True, slots=True)
class PlanDays:
    """Plan some days, as drafts; one act, undone as one."""

    cells: tuple[CellWish, ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CopyWeek:
    """Fill a week's unplanned days from the week before, as drafts."""

    monday: date
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class PublishWeek:
    """Put a week's drafts in force."""

    monday: date
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Make drafts again of what a publication put in force."""

    publication_id: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AskLeave:
    """Ask for days off, first and last included."""

    staff_id: int
    from_on: date
    to_on: date
    note: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AskSwap:
    """Ask that two people exchange what they do on a day, or on two days.

    Attributes:
        on: the day given away.
        back_on: the day taken in return; None gives without return.
    """

    staff_id: int
    on: date
    other_id: int
    back_on: date | None = None
    note: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AskTake:
    """Ask for an open shift."""

    staff_id: int
    shift_id: int
    note: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Decide:
    """Approve or refuse a request; without a version as it stands now, if it is open."""

    request_id: int
    version: int | None
    approve: bool
    note: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Reopen:
    """Make a decided or withdrawn request an open one again; what it put in force goes."""

    request_id: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take one's own request back; without a version as it stands now, if it is open."""

    request_id: int
    version: int | None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class NeedOfDay:
    """How many people of a role a weekday needs, and from when to when; 0 people is no need."""

    weekday: int
    from_minute: int
    to_minute: int
    people: int


@dataclass(frozen=True, slots=True)
class SetNeeds:
    """Set what some weekdays need of a role."""

    role: str
    days: tuple[NeedOfDay, ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class BookedSpan:
    """An appointment, as far as the roster needs to know it.

    Attributes:
        starts: naive wall time.
        who: the patient's name, or nothing where the reader may not see the book.
    """

    provider_id: int
    starts_min: int
    ends_min: int
    starts: datetime
    who: str


def wall_minute(zone: ClinicZone, on: date, minute: int, fold: int = 0) -> int:
    """Return the UTC minute of a wall minute of a day; in a gap, when the clock has gone on."""
    wall = datetime.combine(on, time()) + timedelta(minutes=minute)
    for late in range(0, 181, 15):
        try:
            return utc_minute(zone.instant(wall + timedelta(minutes=late), fold))
        except NoSuchWallTime:
            continue
    raise NoSuchWallTime(wall.isoformat())


def placed(zone: ClinicZone, on: date, first: int, last: int) -> tuple[Slot, int, int]:
    """Return slot, first and one-past-last UTC minute of a span of a day's wall minutes.

    Raises:
        NoSuchHours: the whole span lies in the gap of a clock change.
    """
    starts, ends = wall_minute(zone, on, first), wall_minute(zone, on, last)
    if ends <= starts:
        raise NoSuchHours(day=on)
    return zone.slot_at(starts, ends - starts), starts, ends


def whole_day(zone: ClinicZone, on: date) -> tuple[Slot, int, int]:
    """Return slot and UTC minutes of a calendar day: 23, 24 or 25 hours."""
    first, last = zone.day_span(on)
    return zone.slot_at(first, last - first), first, last
