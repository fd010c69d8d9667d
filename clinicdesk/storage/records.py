# SPDX-License-Identifier: Apache-2.0
"""Records: the way in and out of the clinic file for every service.

``write(actor, action)`` gives a unit of work: rule check, rows, audit entry and change notice in
one transaction, committed when the block ends cleanly and rolled back otherwise (a forgotten
commit would lose a receptionist's work silently; a raised error cannot be overlooked).
``read()`` gives one snapshot. Both may be used from any thread; writers wait for each other.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Changes, Topic
from clinicdesk.kernel.facts import Fact, FactBook
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import ClinicZone, Clock
from clinicdesk.storage import audit
from clinicdesk.storage.clinic import CLINIC, ClinicProfile, load_profile
from clinicdesk.storage.engine import begin_snapshot, trouble_of
from clinicdesk.storage.tables import audit as audit_table
from clinicdesk.storage.tables import command


class Reading:
    """One snapshot of the file.

    Attributes:
        connection: open, inside a transaction.
        zone: the clinic's time zone.
        now: the instant the snapshot or unit began.
    """

    def __init__(self, connection: sa.Connection, zone: ClinicZone, now: datetime) -> None:
        self.connection = connection
        self.zone = zone
        self.now = now
        self._kept: dict[Any, Any] | None = None

    @property
    def today(self) -> date:
        """The clinic's calendar day."""
        return self.zone.day(self.now)

    @property
    def kept(self) -> dict[Any, Any]:
        """What was worked out from the file as this snapshot has it.

        Snapshots of one connection share it until anybody commits anything, this program or
        another; for what changes seldom and is asked at every turn, like who works when.
        """
        if self._kept is None:
            self._kept = _kept_of(self.connection)
        return self._kept

    def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Run a Core statement in this transaction."""
        return self.connection.execute(statement, parameters)


class UnitOfWork(Reading):
    """One transaction that writes.

    Attributes:
        actor: who acts.
        action: its code in the audit trail, e.g. ``schedule.book``.
        key: the command's idempotency key.
        earlier: what the same key gave before, or None; then return it and do nothing.
    """

    def __init__(
        self,
        connection: sa.Connection,
        zone: ClinicZone,
        now: datetime,
        *,
        actor: Actor,
        action: str,
        key: str,
        facts: FactBook,
    ) -> None:
        super().__init__(connection, zone, now)
        self.actor = actor
        self.action = action
        self.key = key
        kept = self.execute(sa.select(command.c.result).where(command.c.key == key)).scalar()
        self.earlier: dict[str, Any] | None = None if kept is None else json.loads(kept)
        self._facts = facts
        self._noted: defaultdict[Topic, set[int]] = defaultdict(set)
        self._audit: list[audit.AuditDraft] = []
        self._result: Mapping[str, Any] | None = None

    @property
    def kept(self) -> dict[Any, Any]:
        """Nothing: what this unit wrote a moment ago counts at once."""
        return {}

    def note(self, topic: Topic, record_id: int) -> None:
        """Announce, after commit, that a record was written; called by repositories."""
        self._noted[topic].add(record_id)

    def tell(self, fact: Fact) -> None:
        """Tell other departments; their listeners run now, inside this transaction."""
        self._facts.tell(self, fact)

    def record(
        self,
        object_kind: str,
        object_id: int | None,
        *,
        action: str | None = None,
        patient_id: int | None = None,
        category: str = "administrative",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> None:
        """Add an audit entry; each unit that writes has at least one."""
        draft = audit.AuditDraft(
            action or self.action,
            object_kind,
            object_id,
            patient_id,
            category,
            before,
            after,
            reason,
        )
        self._audit.append(draft)

    def remember(self, result: Mapping[str, Any]) -> None:
        """Keep what this command gives back, for a repetition with the same key."""
        self._result = result

    def finish(self) -> Changes:
        """Write the audit rows and the kept result; called once, before commit."""
        if not self._audit:
            if self._noted:
                raise RuntimeError(f"{self.action} wrote without an audit entry")
            return Changes({})
        audit.append(self.connection, self._audit, self.actor, self.now, self.today)
        if self._result is not None:
            self.execute(
                command.insert().values(
                    key=self.key, action=self.action, result=json.dumps(self._result), at=self.now
                )
            )
        return Changes({topic: frozenset(ids) for topic, ids in self._noted.items()})


class Records:
    """The clinic file, opened.

    Attributes:
        profile: who the clinic is.
        clock: tells the instant of every unit.
        facts: who heeds which fact; wired by ``assembly``.
    """

    def __init__(self, writing: sa.Engine, reading: sa.Engine, clock: Clock) -> None:
        self.clock = clock
        self.facts = FactBook()
        self._writing = writing
        self._reading = reading
        self._turn = threading.Lock()
        self._listeners: list[Callable[[Changes], None]] = []
        self._idle: list[sa.Connection] = []
        self._closed = False
        with _translated(), reading.connect() as connection:
            self.profile: ClinicProfile = load_profile(connection)

    @contextmanager
    def write(self, actor: Actor, action: str, key: str | None = None) -> Iterator[UnitOfWork]:
        """Give a unit of work; commit when the block ends cleanly, else roll back.

        Raises:
            Trouble: the disk or another program prevented it; nothing was written.
        """
        with self._turn, _translated(), self._writing.begin() as connection:
            work = UnitOfWork(
                connection,
                self.profile.zone,
                self.clock.now(),
                actor=actor,
                action=action,
                key=key or new_key(),
                facts=self.facts,
            )
            yield work
            changes = work.finish()
        if changes.ids:
            if CLINIC in changes.ids:
                with self.read() as reading:
                    self.profile = load_profile(reading.connection)
            for listener in self._listeners:
                listener(changes)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Give one snapshot; other connections may go on writing."""
        with _translated():
            connection = self._take_reader()
            try:
                driver = begin_snapshot(connection)
                yield Reading(connection, self.profile.zone, self.clock.now())
                if connection.in_transaction():
                    connection.rollback()
                elif driver is not None:
                    driver.rollback()
            except BaseException:
                connection.close()
                raise
            if driver is None:
                connection.close()
                return
            self._idle.append(connection)
            if self._closed:
                self._close_readers()

    def _take_reader(self) -> sa.Connection:
        """Return a connection nobody reads with; taking one anew costs more than a short read."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._reading.connect()

    def _close_readers(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def last_act(self) -> datetime | None:
        """Return the instant of the latest act that was not about signing in, if any."""
        with self.read() as reading:
            found: datetime | None = reading.execute(
                sa.select(audit_table.c.at)
                .where(audit_table.c.category != "security")
                .order_by(audit_table.c.seq.desc())
                .limit(1)
            ).scalar()
        return found

    def on_commit(self, listener: Callable[[Changes], None]) -> None:
        """Call a listener after each commit, on the thread that wrote."""
        self._listeners.append(listener)

    def not_on_commit(self, listener: Callable[[Changes], None]) -> None:
        """Call a listener no more."""
        self._listeners.remove(listener)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._closed = True
        self._close_readers()
        self._reading.dispose()
        with _translated(), self._writing.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None and connection.dialect.name == "sqlite":
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writing.dispose()


def _kept_of(connection: sa.Connection) -> dict[Any, Any]:
    """Return the connection's own store, a new one if the file was changed since."""
    if connection.dialect.name != "sqlite":
        return {}
    driver: Any = connection.connection.driver_connection
    version = driver.execute("PRAGMA data_version").fetchone()[0]
    info = connection.connection.info
    if info.get("data_version") != version:
        info["data_version"], info["kept"] = version, {}
    kept: dict[Any, Any] = info["kept"]
    return kept


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
