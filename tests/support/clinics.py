# SPDX-License-Identifier: Apache-2.0
"""Clinic files for tests: real SQLCipher, a fixed clock, and people who may act."""

from __future__ import annotations

import importlib
import secrets
from datetime import UTC, datetime
from pathlib import Path

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.moments import ClinicZone, Clock, FixedClock
from clinicdesk.kernel.money import Currency
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import ClinicProfile, insert_profile
from clinicdesk.storage.engine import connect, connect_engine
from clinicdesk.storage.records import Records

ROOMS = (
    "storage",
    "access",
    "patients",
    "staff",
    "schedule",
    "ledger",
    "billing",
    "stock",
    "spending",
    "closing",
)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
RIGHTS = frozenset(
    {
        *(
            "patients.view",
            "patients.edit",
            "patients.merge",
            "schedule.view",
            "schedule.book",
            "schedule.overbook",
        ),
        *("schedule.setup", "staff.view", "staff.edit", "billing.view", "billing.charge"),
        *("billing.take_payment", "billing.refund", "billing.write_off", "billing.reverse"),
        *("billing.reverse_own_today", "billing.fees", "reports.day", "reports.financial"),
        *("month.close", "till.count_and_close_day", "stock.issue", "stock.adjust"),
        *("access.users", "access.audit", "storage.backup", "storage.restore", "storage.verify"),
        *("moving.import", "settings.edit"),
        *("month.reopen", "spending.view", "spending.enter", "spending.budget"),
    }
)


def an_actor(*rights: str, role: str = "owner", name: str = "Ada Owner") -> Actor:
    """Return someone who may do everything, or only what is named."""
    return Actor(UserId(1), name, role, frozenset(rights) or RIGHTS, "test-sitting")


def a_profile(
    *, zone: str = "Europe/London", currency: str = "GBP", country: str = "GB"
) -> ClinicProfile:
    """Return a clinic's profile."""
    return ClinicProfile(
        uuid="00000000-0000-4000-8000-000000000001",
        name="Maple Clinic",
        address="1 High Street\nLondon N1 1AA",
        phone="+44 20 7946 0000",
        tax_number="",
        country=country,
        currency=Currency.of(currency),
        zone=ClinicZone(zone),
        language="en",
    )


def declare_tables() -> None:
    """Import every room's tables, so that the shared MetaData is whole."""
    for room in ROOMS:
        importlib.import_module(f"clinicdesk.{room}.tables")


def a_file(folder: Path, *, profile: ClinicProfile | None = None) -> tuple[Path, bytes]:
    """Make an empty clinic file straight from the declared tables; return path and key."""
    declare_tables()
    path, key = folder / "test.clinic", secrets.token_bytes(32)
    connect(path, key, create=True).close()
    engine = connect_engine(path, key)
    with engine.begin() as connection:
        dialect.create_all(connection)
        insert_profile(connection, profile or a_profile(), NOON)
    engine.dispose()
    return path, key


def open_records(path: Path, key: bytes, clock: Clock | None = None) -> Records:
    """Open a file made by ``a_file``."""
    reading = connect_engine(path, key, read_only=True)
    return Records(connect_engine(path, key), reading, clock or FixedClock(NOON))


def some_records(
    folder: Path, *, clock: Clock | None = None, profile: ClinicProfile | None = None
) -> Records:
    """Return an empty clinic, opened."""
    return open_records(*a_file(folder, profile=profile), clock)
