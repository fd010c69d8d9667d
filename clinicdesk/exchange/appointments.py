# SPDX-License-Identifier: Apache-2.0
"""Reads an appointment book exported as three gzipped CSV files.

Identifiers are unique per provider only: ``PROV1, 00001`` and ``PROV2, 00001`` are two people.
Times are wall times of the clinic; the file has no zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from clinicdesk.exchange.delimited import Line, lines

FILES = ("patients.csv.gz", "slots.csv.gz", "appointments.csv.gz")


@dataclass(frozen=True, slots=True)
class BookPatient:
    """A patient of one provider."""

    line: int
    provider: str
    id: str
    name: str
    sex: str
    born_on: date | None


@dataclass(frozen=True, slots=True)
class BookSlot:
    """A place in one provider's day, taken or not."""

    line: int
    provider: str
    id: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """An appointment in one provider's book.

    Attributes:
        made_on: the day it was booked.
        status: the file's word.
        came: wall time of arrival; ``began`` and ``ended`` of the consultation.
    """

    line: int
    provider: str
    id: str
    slot: str
    patient: str
    made_on: date | None
    starts: datetime
    status: str
    came: datetime | None
    began: datetime | None
    ended: datetime | None


def patients(folder: Path) -> Iterator[BookPatient]:
    """Read the patients."""
    columns = ("provider", "patient_id", "name", "sex", "dob")
    for row in lines(_file(folder, "patients.csv"), columns):
        yield BookPatient(
            row.number,
            row.needed("provider"),
            row.needed("patient_id"),
            row.needed("name"),
            row.text("sex"),
            row.day("dob"),
        )


def slots(folder: Path) -> Iterator[BookSlot]:
    """Read the slots."""
    columns = ("provider", "slot_id", "appointment_date", "appointment_time")
    for row in lines(_file(folder, "slots.csv"), columns):
        yield BookSlot(row.number, row.needed("provider"), row.needed("slot_id"), _starts(row))


def appointments(folder: Path) -> Iterator[BookAppointment]:
    """Read the appointments."""
    columns = (
        *("provider", "appointment_id", "slot_id", "scheduling_date", "appointment_date"),
        *("appointment_time", "status", "check_in_time", "start_time", "end_time", "patient_id"),
    )
    for row in lines(_file(folder, "appointments.csv"), columns):
        starts = _starts(row)
        yield BookAppointment(
            row.number,
            row.needed("provider"),
            row.needed("appointment_id"),
            row.text("slot_id"),
            row.needed("patient_id"),
            row.day("scheduling_date"),
            starts,
            row.needed("status"),
            _on_the_day(starts, row.clock_time("check_in_time")),
            _on_the_day(starts, row.clock_time("start_time")),
            _on_the_day(starts, row.clock_time("end_time")),
        )


def _file(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.gz"
    plain = folder / name
    return plain if plain.is_file() and not packed.is_file() else packed


def _starts(row: Line) -> datetime:
    row.needed("appointment_date")
    row.needed("appointment_time")
    day, clock = row.day("appointment_date"), row.clock_time("appointment_time")
    assert day is not None  # noqa: S101 -- needed() refused an empty cell
    assert clock is not None  # noqa: S101 -- likewise
    return datetime.combine(day, clock)


def _on_the_day(starts: datetime, clock: time | None) -> datetime | None:
    return None if clock is None else datetime.combine(starts.date(), clock)
