# SPDX-License-Identifier: Apache-2.0
"""Who the demo clinic is, and when its story begins."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from clinicdesk.kernel.moments import ClinicZone, FixedClock
from clinicdesk.kernel.money import Currency
from clinicdesk.storage.clinic import ClinicProfile


def demo_profile() -> ClinicProfile:
    """Return the profile of the invented clinic; its telephone range is kept for fiction."""
    return ClinicProfile(
        uuid="0de40c11-0000-4000-8000-00000c11d35c",
        name="Harbour Lane Clinic",
        address="12 Harbour Lane\nFairhaven FH1 4CD",
        phone="+44 1632 960120",
        tax_number="",
        country="GB",
        currency=Currency.of("GBP"),
        zone=ClinicZone("Europe/London"),
        language="en",
        demo=True,
    )


def first_day(until: date, years: int) -> date:
    """Return the day the clinic's history begins."""
    try:
        return until.replace(year=until.year - years)
    except ValueError:  # 29 February
        return until.replace(year=until.year - years, day=28)


def demo_clock(profile: ClinicProfile, until: date, years: int) -> FixedClock:
    """Return a clock that stands at the beginning of the story."""
    start = datetime.combine(first_day(until, years) - timedelta(days=30), time(8))
    return FixedClock(profile.zone.instant(start))
