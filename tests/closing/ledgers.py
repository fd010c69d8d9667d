# SPDX-License-Identifier: Apache-2.0
"""A small clinic with two months of money in it, for tests of the month end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user, role
from clinicdesk.billing.model import drafts, packages
from clinicdesk.billing.model.drafts import Receivable
from clinicdesk.billing.tables import charge
from clinicdesk.kernel.moments import FixedClock, utc_minute
from clinicdesk.ledger.model import EntryDraft, PostingDraft, ReceiptDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.ledger.tables import posting
from clinicdesk.patients.tables import contact, patient, payer
from clinicdesk.schedule.tables import visit
from clinicdesk.staff.tables import shift, staff_member
from clinicdesk.stock.tables import item, lot, movement, place
from clinicdesk.storage.records import Records, UnitOfWork
from tests.support.clinics import a_file, an_actor, open_records

OCTOBER = date(2026, 10, 1)
EXPIRES = date(2026, 12, 1)
CLOCK = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
ADA, BEN, CARL = 1, 2, 3
MERCURY = 1
GREEN, CHEN = 1, 2


class SmallClinic:
    """Posts through the ledger's own service, one business day after another.

    Attributes:
        records: the opened file.
        path: of the file.
        key: of the file.
    """

    def __init__(self, folder: Path) -> None:
        self.path, self.key = a_file(folder)
        self.records: Records = open_records(self.path, self.key, FixedClock(CLOCK))
        self.ledger = Ledger(self.records)
        self._charges = 0
        with self.records.write(an_actor(), "test.people") as work:
            self.ledger.seed(work)
            self._people(work)
            work.record("test", None)

    def _people(self, work: UnitOfWork) -> None:
        work.execute(role.insert().values(id=1, key="owner", rank=9))
        work.execute(
            app_user.insert().values(
                id=1, login="ada", name="Ada Owner", role_id=1, slot_id="1", created_at=CLOCK
            )
        )
        names = ((ADA, "Lovelace", "Ada"), (BEN, "Okafor", "Ben"), (CARL, "Muster", "Carl"))
        for number, family, given in names:
            work.execute(
                patient.insert().values(
                    id=number, chart_number=f"10{number:03}", family_name=family,
                    given_name=given, folded_name=f"{family} {given}".lower(),
                    sort_name=f"{family}, {given}".lower(), created_at=CLOCK,
                )
            )  # fmt: skip
            work.execute(
                contact.insert().values(
                    patient_id=number, kind="mobile", value=f"07700 90000{number}", folded=""
                )
            )
        work.execute(payer.insert().values(id=MERCURY, name="Mercury", folded_name="mercury"))
        for number, name in ((GREEN, "Dr Ivy Green"), (CHEN, "Lin Chen")):
            work.execute(
                staff_member.insert().values(
                    id=number, name=name, initials=name[-1], folded_name=name.lower(), role="gp",
                    is_provider=True,
                )
            )  # fmt: skip

    def charge(
        self, patient_id: int, minor: int, on: date, *, payer_id: int = 0, provider: int = GREEN,
        service_on: date | None = None, package_id: int = 0, sale: bool = False,
    ) -> Receivable:  # fmt: skip
        """Post a charge with its visit, or a package or its use; return whose debt it is."""
        self._charges += 1
        owed = Receivable(
            self._charges,
            patient_id,
            ("payer", payer_id) if payer_id else ("guarantor", patient_id),
            provider,
        )
        with self.records.write(an_actor(), "test.charge") as work:
            began = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=10)
            work.execute(
                visit.insert().values(
                    id=self._charges, patient_id=patient_id, provider_id=provider,
                    started_at=began, ended_at=began, state="finished",
                )
            )  # fmt: skip
            work.execute(
                charge.insert().values(
                    id=self._charges, patient_id=patient_id, guarantor_id=patient_id,
                    visit_id=self._charges, provider_id=provider, service_on=service_on or on,
                    business_on=on, code="GP20", description="Consultation", units=1,
                    unit_minor=minor, amount_minor=minor, created_at=CLOCK,
                    package_id=package_id or None,
                )
            )  # fmt: skip
            if package_id:
                entry = packages.sale_entry if sale else packages.use_entry
                self.ledger.post(work, entry(owed, package_id, minor, on))
            elif minor:
                self.ledger.post(work, drafts.charge_entry(owed, minor, on))
            work.record("test", None)
        return owed

    def pay(
        self, owed: Receivable, minor: int, on: date, *, received: int = 0, method: str = "card"
    ) -> int:
        """Take money, put ``minor`` of it on a charge and keep the rest; return the receipt."""
        with self.records.write(an_actor(), "test.pay") as work:
            amount = received or minor
            draft = ReceiptDraft(on, method, amount, *owed.party, patient_id=owed.patient_id)
            receipt_id = self.ledger.new_receipt(work, draft).id
            self.ledger.post(
                work,
                drafts.payment_entry(
                    amount, on, receipt_id=receipt_id, method=method, till="desk",
                    party=owed.party, patient_id=owed.patient_id, placed=[(owed, minor)],
                ),
            )  # fmt: skip
            work.record("test", None)
        return receipt_id

    def post(self, draft: Any) -> int:
        """Post an entry of any kind."""
        with self.records.write(an_actor(), "test.post") as work:
            entry_id = self.ledger.post(work, draft)
            work.record("test", None)
        return entry_id

    def receive(self, units: int, minor: int, on: date) -> None:
        """Put something on the shelf, and its value on the stock account."""
        with self.records.write(an_actor(), "test.receive") as work:
            work.execute(place.insert().values(id=1, name="Store"))
            work.execute(item.insert().values(id=1, name="Gauze", folded_name="gauze", unit="swab"))
            work.execute(lot.insert().values(id=1, item_id=1, number="L1", expires_on=EXPIRES))
            entry_id = self.ledger.post(
                work,
                EntryDraft(
                    "stock",
                    on,
                    (
                        PostingDraft("1200", minor, "supplies", stock_item_id=1),
                        PostingDraft("1210", -minor, "supplies", stock_item_id=1),
                    ),
                ),
            )
            found = sa.select(posting.c.id).where(
                posting.c.entry_id == entry_id, posting.c.account == "1200"
            )
            work.execute(
                movement.insert().values(
                    seq=1, item_id=1, lot_id=1, place_id=1, kind="receive", quantity=units,
                    value_minor=minor, unit_cost_minor=minor // units,
                    posting_id=work.execute(found).scalar_one(), business_on=on, at=CLOCK,
                    by_user_id=1,
                )
            )  # fmt: skip
            work.record("test", None)

    def roster(self, staff_id: int, on: date, minutes: int = 480) -> None:
        """Publish a shift from nine o'clock on."""
        wall = datetime.combine(on, time(9))
        begin = utc_minute(self.records.profile.zone.instant(wall))
        with self.records.write(an_actor(), "test.roster") as work:
            work.execute(
                shift.insert().values(
                    staff_id=staff_id, kind="work", starts_wall=wall, minutes=minutes,
                    starts_min=begin, ends_min=begin + minutes, state="published",
                )
            )  # fmt: skip
            work.record("test", None)

    def reverse(self, entry_id: int, on: date) -> None:
        """Post the mirror of an entry."""
        with self.records.write(an_actor(), "test.reverse") as work:
            mirror = self.ledger.reversal(
                work, entry_id, business_on=on, reason="entered in error", key=f"r{entry_id}"
            )
            self.ledger.post(work, mirror)
            work.record("test", None)

    def plant(self, statement: str, **values: Any) -> None:
        """Change one row behind the program's back, the guards taken down."""
        with self.records.write(an_actor(), "test.plant") as work:
            names = work.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for name in list(names):
                work.execute(sa.text(f'DROP TRIGGER "{name}"'))
            done = work.execute(sa.text(statement), values)
            assert done.rowcount == 1, "exactly one row is changed"
            work.record("test", None)


def a_busy_clinic(folder: Path) -> SmallClinic:
    """Return a clinic with every kind of movement in September, October and November."""
    clinic = SmallClinic(folder)
    sept, oct_, nov = date(2026, 9, 10), date(2026, 10, 5), date(2026, 11, 2)
    old = clinic.charge(CARL, 20_000, sept, service_on=date(2026, 5, 20))
    first = clinic.charge(ADA, 15_000, sept, payer_id=MERCURY)
    clinic.pay(first, 9_000, sept, method="transfer")
    second = clinic.charge(ADA, 12_000, oct_, payer_id=MERCURY, provider=CHEN)
    clinic.pay(second, 7_000, oct_ + timedelta(days=9), method="transfer")
    clinic.post(
        drafts.adjustment_entry(second, 3_000, "contractual", "contractual", oct_ + timedelta(9))
    )
    clinic.post(
        drafts.transfer_entry(
            second, ("guarantor", ADA), 2_000, "patient_share", oct_ + timedelta(9)
        )
    )
    third = clinic.charge(BEN, 8_000, oct_ + timedelta(1))
    receipt_id = clinic.pay(third, 8_000, oct_ + timedelta(1), received=10_000, method="cash")
    clinic.post(
        drafts.refund_entry(
            receipt_id, third.party, BEN, 500, oct_ + timedelta(2), method="cash", reason="refund"
        )
    )
    clinic.charge(BEN, 0, oct_ + timedelta(3))
    clinic.post(drafts.adjustment_entry(old, 1_000, "write-off", "small_balance", oct_))
    clinic.post(
        drafts.transfer_entry(old, ("agency", MERCURY), 4_000, "collections", oct_ + timedelta(4))
    )
    wrong = clinic.charge(CARL, 5_500, oct_ + timedelta(5))
    clinic.reverse(last_entry(clinic), oct_ + timedelta(6))
    assert wrong.patient_id == CARL
    clinic.roster(GREEN, oct_ + timedelta(1))
    clinic.receive(100, 2_500, oct_ + timedelta(7))
    later = clinic.charge(CARL, 9_900, nov)
    clinic.pay(later, 900, nov, method="cheque")
    clinic.pay(old, 5_000, nov, method="cash")
    return clinic


def last_entry(clinic: SmallClinic) -> int:
    with clinic.records.read() as reading:
        return int(reading.execute(sa.text("SELECT max(id) FROM entry")).scalar_one())
