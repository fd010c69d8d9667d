# SPDX-License-Identifier: Apache-2.0
"""The clinic's own row: who it is, its currency, zone and country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.storage.tables import clinic

CLINIC = Topic("clinic")


@dataclass(frozen=True, slots=True)
class ClinicProfile:
    """Who the clinic is.

    Attributes:
        uuid: made once, never changes.
        name: as printed on papers.
        address: lines separated by newline.
        country: ISO 3166 alpha-2; fixed after the first posting, like currency and zone.
        language: BCP 47 tag of the clinic's papers.
        demo: True for invented people; papers then say so.
    """

    uuid: str
    name: str
    address: str
    phone: str
    tax_number: str
    country: str
    currency: Currency
    zone: ClinicZone
    language: str
    demo: bool = False


def load_profile(connection: sa.Connection) -> ClinicProfile:
    """Read the clinic's row."""
    row = connection.execute(sa.select(clinic)).one()
    return ClinicProfile(
        uuid=row.clinic_uuid,
        name=row.name,
        address=row.address,
        phone=row.phone,
        tax_number=row.tax_number,
        country=row.country,
        currency=Currency.of(row.currency),
        zone=ClinicZone(row.zone),
        language=row.language,
        demo=row.demo,
    )


def insert_profile(connection: sa.Connection, profile: ClinicProfile, created_at: datetime) -> None:
    """Write the clinic's row into a new file."""
    connection.execute(
        clinic.insert().values(
            id=1,
            clinic_uuid=profile.uuid,
            name=profile.name,
            address=profile.address,
            phone=profile.phone,
            tax_number=profile.tax_number,
            country=profile.country,
            currency=profile.currency.code,
            zone=profile.zone.name,
            language=profile.language,
            demo=profile.demo,
            created_at=created_at,
        )
    )
