# SPDX-License-Identifier: Apache-2.0
"""Who the demo clinic is, and the instant its file is made at: the same for the same seed."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from clinicdesk.kernel.moments import ClinicZone, FixedClock
from clinicdesk.kernel.money import Currency
from clinicdesk.storage.clinic import ClinicProfile


def demo_profile(seed: int = 1) -> ClinicProfile:
    """Return the demo clinic's particulars; phone numbers are of the range kept for fiction."""
    return ClinicProfile(
        uuid=str(UUID(int=(0xC11D << 112) | seed, version=4)),
        name="Maple Clinic",
        address="12 Orchard Lane\nBristol BS1 4ZZ",
        phone="+44 117 496 0123",
        tax_number="GB 000 0000 00",
        country="GB",
        currency=Currency.of("GBP"),
        zone=ClinicZone("Europe/London"),
        language="en",
        demo=True,
    )


def demo_clock(profile: ClinicProfile, until: date, years: int) -> FixedClock:
    """Return the morning on which the clinic's history begins."""
    day = until.replace(year=until.year - years, day=min(until.day, 28))
    return FixedClock(profile.zone.instant(datetime.combine(day, time(7))))
