# SPDX-License-Identifier: Apache-2.0
"""Writes shifts, what puts them in force, requests and needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.staff.model import (
    APPROVED,
    ASKED,
    DRAFT,
    NOTHING,
    PUBLISHED,
    REFUSED,
    REPLACED,
    STAFF,
    AlreadyDecided,
    DayPlan,
    RosterWentOn,
    SetNeeds,
    placed,
    whole_day,
)
from clinicdesk.staff.tables import need, publication, request, shift
from clinicdesk.storage.records import UnitOfWork

_DAY = timedelta(days=1)
Place = tuple[int | None, date]


class RosterRepository:
    """The only writer of shifts and requests."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def drop_drafts(self, place: Place) -> None:
        """Take the drafts of a day away; what was in force once and asked for is kept."""
        ids = {row.id for row in self._rows(place) if row.state == DRAFT}
        if ids:
            asked = self._work.execute(
                sa.select(request.c.shift_id).where(request.c.shift_id.in_(list(ids)))
            )
            kept = set(asked.scalars())
            self._set(kept, state=REPLACED, state_before="")
            self._work.execute(shift.delete().where(shift.c.id.in_(list(ids - kept))))
        self._note(place)

    def add(
        self, place: Place, plan: DayPlan, state: str, publication_id: int | None = None
    ) -> tuple[int, ...]:
        """Write a day as it was planned; return the ids of its shifts."""
        staff_id, day = place
        zone = self._work.zone
        if plan.works:
            spans = [
                (placed(zone, day, s.from_minute, s.to_minute), s.room_id, s.role)
                for s in plan.spans
            ]
        else:
            spans = [(whole_day(zone, day), None, "")]
        ids = []
        for (slot, starts, ends), room_id, role in spans:
            done = self._work.execute(
                shift.insert().values(
                    staff_id=staff_id,
                    kind=plan.kind,
                    starts_wall=slot.starts,
                    fold=slot.fold,
                    minutes=slot.minutes,
                    starts_min=starts,
                    ends_min=ends,
                    state=state,
                    resource_id=room_id,
                    role=role,
                    publication_id=publication_id,
                )
            )
            key: Any = done.inserted_primary_key
            ids.append(int(key[0]))
        self._note(place)
        return tuple(ids)

    def open_publication(self, source: str, first: date, last: date) -> int:
        """Begin a publishing; return its number."""
        done = self._work.execute(
            publication.insert().values(
                source=source, from_on=first, to_on=last, published_at=self._work.now
            )
        )
        key: Any = done.inserted_primary_key
        return int(key[0])

    def publish(self, publication_id: int, places: Iterable[Place]) -> None:
        """Put the drafts of some days in force, and out of it what they stand for."""
        for place in places:
            rows = self._rows(place)
            self._replace([row for row in rows if row.state == PUBLISHED], publication_id)
            drafts = [row for row in rows if row.state == DRAFT]
            gone = [row.id for row in drafts if row.kind == NOTHING]
            kept = [row.id for row in drafts if row.kind != NOTHING]
            self._set(kept, state=PUBLISHED, publication_id=publication_id, state_before="")
            self._set(gone, state=REPLACED, publication_id=publication_id, state_before=DRAFT)
            self._note(place)

    def displace(self, publication_id: int, place: Place) -> None:
        """Put a day's shifts out of force, drafts too, to make room for what was approved."""
        self._replace(self._rows(place), publication_id)
        self._note(place)

    def give_away(self, publication_id: int, shift_id: int, day: date) -> None:
        """Put one open shift out of force: somebody takes it."""
        rows = [row for row in self._rows((None, day)) if row.id == shift_id]
        self._replace(rows, publication_id)
        self._note((None, day))

    def take_back(self, publication_id: int, *, as_drafts: bool) -> None:
        """Undo a publishing.

        Raises:
            RosterWentOn: one of its days was planned or published anew since.
        """
        own = self._work.execute(
            sa.select(shift).where(shift.c.publication_id == publication_id)
        ).all()
        places = {(row.staff_id, row.starts_wall.date()) for row in own}
        replaced = self._work.execute(
            sa.select(shift).where(shift.c.replaced_by == publication_id)
        ).all()
        places |= {(row.staff_id, row.starts_wall.date()) for row in replaced}
        mine = {row.id for row in own}
        latest = max(mine | {row.id for row in replaced}, default=0)
        for place in places:
            others = [row for row in self._rows(place) if row.id not in mine]
            if any(place[0] is not None or row.id > latest for row in others):
                raise RosterWentOn
        if any(row.replaced_by is not None for row in own):
            raise RosterWentOn
        if as_drafts:
            self._set(mine, state=DRAFT, state_before="")
        else:
            self._set(mine, state=REPLACED, state_before="")
        for row in replaced:
            self._set([row.id], state=row.state_before, replaced_by=None, state_before="")
        self._work.execute(
            publication.update().where(publication.c.id == publication_id).values(taken_back=True)
        )
        for place in places:
            self._note(place)

    def ask(self, values: dict[str, Any]) -> int:
        """Write a request."""
        done = self._work.execute(
            request.insert().values(state=ASKED, asked_at=self._work.now, **values)
        )
        key: Any = done.inserted_primary_key
        self._work.note(STAFF, int(values["staff_id"]))
        return int(key[0])

    def decide(
        self,
        request_id: int,
        version: int,
        state: str,
        *,
        staff_id: int,
        words: str = "",
        publication_id: int | None = None,
    ) -> None:
        """Decide a request that is still open.

        Raises:
            AlreadyDecided: somebody else was first.
        """
        decided: datetime | None = self._work.now if state in {APPROVED, REFUSED} else None
        done = self._work.execute(
            request.update()
            .where(
                request.c.id == request_id, request.c.version == version, request.c.state == ASKED
            )
            .values(
                state=state,
                decided_at=decided,
                decision=words,
                publication_id=publication_id,
                version=version + 1,
            )
        )
        if done.rowcount != 1:
            raise AlreadyDecided
        self._work.note(STAFF, staff_id)

    def reopen(self, request_id: int, version: int, *, staff_id: int) -> None:
        """Make a request an open one again."""
        done = self._work.execute(
            request.update()
            .where(request.c.id == request_id, request.c.version == version)
            .values(
                state=ASKED, decided_at=None, decision="", publication_id=None, version=version + 1
            )
        )
        if done.rowcount != 1:
            raise StaleCopy
        self._work.note(STAFF, staff_id)

    def set_needs(self, command: SetNeeds) -> None:
        """Write what some weekdays need of a role."""
        for day in command.days:
            self._work.execute(
                need.delete().where(need.c.role == command.role, need.c.weekday == day.weekday)
            )
            if day.people:
                self._work.execute(
                    need.insert().values(
                        role=command.role,
                        weekday=day.weekday,
                        from_minute=day.from_minute,
                        to_minute=day.to_minute,
                        people=day.people,
                    )
                )
        self._work.note(STAFF, 0)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _rows(self, place: Place) -> list[Any]:
        """Return the shifts of a day that are drafts or in force."""
        staff_id, day = place
        begin, end = self._work.zone.day_span(day)
        whose = shift.c.staff_id.is_(None) if staff_id is None else shift.c.staff_id == staff_id
        return list(
            self._work.execute(
                sa.select(shift).where(
                    whose,
                    shift.c.starts_min >= begin,
                    shift.c.starts_min < end,
                    shift.c.state.in_((DRAFT, PUBLISHED)),
                )
            )
        )

    def _replace(self, rows: Collection[Any], publication_id: int) -> None:
        for row in rows:
            self._set([row.id], state=REPLACED, replaced_by=publication_id, state_before=row.state)

    def _set(self, ids: Collection[int], **values: Any) -> None:
        if ids:
            self._work.execute(
                shift.update()
                .where(shift.c.id.in_(list(ids)))
                .values(version=shift.c.version + 1, **values)
            )

    def _note(self, place: Place) -> None:
        self._work.note(STAFF, place[0] or 0)
