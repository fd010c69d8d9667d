# SPDX-License-Identifier: Apache-2.0
"""What somebody was in the middle of typing, kept in the encrypted file until it is done.

A draft is no act: it leaves no entry in the trail, and nobody but its author is ever given it.
A row without a panel says that the author's window is open; found at the next signing in, the
window did not end by being closed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.actors import Actor
from clinicdesk.storage.records import Records, UnitOfWork
from clinicdesk.storage.tables import audit, draft

_WINDOW = ""
_UNTOLD = "draft.keep"  # never in the trail
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft.

    Attributes:
        panel: id of the panel that knows how to take it.
        body: what the panel gave.
    """

    panel: str
    body: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """What the author left behind the last time.

    Attributes:
        ended_at: when the window was last seen alive, if it did not end by being closed.
        drafts: what was unfinished.
    """

    ended_at: datetime | None
    drafts: tuple[KeptDraft, ...]


class Drafts:
    """Keeps and gives back drafts."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def begin(self, actor: Actor) -> Left:
        """Note that the actor's window is open; return what the last one left."""
        with self._records.write(actor, _UNTOLD) as work:
            rows = work.execute(
                sa.select(draft).where(draft.c.user_id == actor.user_id).order_by(draft.c.panel)
            ).all()
            open_since = [row.at for row in rows if row.panel == _WINDOW]
            drafts = tuple(
                KeptDraft(row.panel, json.loads(row.body), row.at)
                for row in rows
                if row.panel != _WINDOW
            )
            ended_at = None
            if open_since:
                ended_at = max((*open_since, *(one.at for one in drafts), *_last_act(work, actor)))
            _put(work, actor, _WINDOW, {})
        return Left(ended_at, drafts)

    def keep(self, actor: Actor, drafts: Mapping[str, Body | None]) -> None:
        """Keep drafts by panel; None is for one that is done with."""
        with self._records.write(actor, _UNTOLD) as work:
            for panel, body in drafts.items():
                _put(work, actor, panel, body)

    def end(self, actor: Actor) -> None:
        """Note that the actor's window was closed; drafts stay."""
        with self._records.write(actor, _UNTOLD) as work:
            _put(work, actor, _WINDOW, None)


def _put(work: UnitOfWork, actor: Actor, panel: str, body: Body | None) -> None:
    own = (draft.c.user_id == actor.user_id, draft.c.panel == panel)
    work.execute(draft.delete().where(*own))
    if body is not None:
        work.execute(
            draft.insert().values(
                user_id=actor.user_id,
                panel=panel,
                body=json.dumps(body, ensure_ascii=False),
                at=work.now,
            )
        )


def _last_act(work: UnitOfWork, actor: Actor) -> tuple[datetime, ...]:
    """Return when the actor last did anything before this sitting."""
    statement = (
        sa.select(audit.c.at)
        .where(audit.c.user_id == actor.user_id, audit.c.sitting != actor.sitting)
        .order_by(audit.c.seq.desc())
        .limit(1)
    )
    return tuple(work.execute(statement).scalars())
