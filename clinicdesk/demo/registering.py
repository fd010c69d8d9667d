# SPDX-License-Identifier: Apache-2.0
"""Registers the planned people: particulars, contacts, guarantors, coverages, alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby

from clinicdesk.demo.bookkeeping import Payers
from clinicdesk.demo.catalogue import INSURERS
from clinicdesk.demo.pen import Pen
from clinicdesk.demo.people import Folk
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.patients.model import (
    AddAlert,
    AddCoverage,
    AddPayer,
    ContactPoint,
    Demographics,
    RegisterPatient,
)
from clinicdesk.patients.service import Patients


def register(
    pen: Pen, patients: Patients, folk: Sequence[Folk], zone: ClinicZone, country: str
) -> list[Payers]:
    """Write everybody in order, the unit's clock on the day each joined; return who pays."""
    insurers = []
    for insurer in INSURERS:
        with pen.command() as work:
            command = AddPayer(insurer.name, insurer.kind, key=f"demo-payer-{insurer.name}")
            insurers.append(patients.add_payer_in(work, command))
    ids: list[int] = []
    for joined_on, group in _groups(folk):
        commands = [
            _command(len(ids) + place, one, ids, country) for place, one in enumerate(group)
        ]
        for part in pen.parts(commands):
            with pen.command() as work:
                work.now = _morning(zone, joined_on)
                ids += patients.register_many(work, part)
        for number, one in zip(ids[-len(group) :], group, strict=True):
            if one.alert is not None:
                with pen.command() as work:
                    work.now = _morning(zone, joined_on)
                    alert = AddAlert(number, *one.alert, key=f"demo-alert-{number}")
                    patients.add_alert_in(work, alert)
    insured = [(n, one) for n, one in enumerate(folk) if one.insurer is not None]
    kept: list[int] = []
    for cards in pen.parts([_coverage(ids[n], one, insurers) for n, one in insured]):
        with pen.command() as work:
            kept += patients.add_coverages_in(work, cards)
    coverages = dict(zip((n for n, _ in insured), kept, strict=True))
    return [
        Payers(
            ids[n],
            ids[n if one.guarantor is None else one.guarantor],
            None if one.insurer is None else insurers[one.insurer],
            coverages.get(n),
        )
        for n, one in enumerate(folk)
    ]


def _groups(folk: Sequence[Folk]) -> Iterator[tuple[date, list[Folk]]]:
    """Yield runs of people who joined on one day, none beside the one who pays for them."""
    for joined_on, run in groupby(enumerate(folk), key=lambda pair: pair[1].joined_on):
        group: list[Folk] = []
        first = -1
        for index, one in run:
            if first < 0:
                first = index
            if one.guarantor is not None and one.guarantor >= first:
                yield joined_on, group
                group, first = [], index
            group.append(one)
        yield joined_on, group


def _command(index: int, one: Folk, ids: Sequence[int], country: str) -> RegisterPatient:
    person = one.person
    street = ContactPoint(
        "address", person.street, city=person.city, postcode=person.postcode, country=country
    )
    contacts = (ContactPoint("mobile", person.mobile), ContactPoint("email", person.email), street)
    return RegisterPatient(
        Demographics(
            family_name=person.family,
            given_name=person.given,
            born_on=one.born_on,
            gender=person.gender,
            pronouns=one.pronouns,
            language=person.language,
        ),
        contacts,
        None if one.guarantor is None else ids[one.guarantor],
        key=f"demo-patient-{index + 1}",
    )


def _coverage(patient_id: int, one: Folk, insurers: Sequence[int]) -> AddCoverage:
    assert one.insurer is not None  # noqa: S101 -- asked only for the insured
    return AddCoverage(
        patient_id,
        insurers[one.insurer],
        one.insured_from or one.joined_on,
        plan=INSURERS[one.insurer].plan,
        member_id=one.member,
        relationship=one.relationship,
        key=f"demo-coverage-{patient_id}",
    )


def _morning(zone: ClinicZone, day: date) -> datetime:
    return zone.instant(datetime.combine(day, time(8, 5)))
