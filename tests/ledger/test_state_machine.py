# SPDX-License-Identifier: Apache-2.0
"""Hypothesis invents sequences of billing; a model without any ledger code says what must come.

2,000 steps by default, more with ``--ledger-steps``. After every step the books equal the model:
each account, each open amount, each credit; earlier entries keep their hashes (trust.md §3.3).

The sequences are the same each time this file runs alone. Beside others they are not: Hypothesis
draws on the numbers written in whatever modules are loaded.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from clinicdesk.billing.model import (
    Adjust,
    Allocate,
    Allocation,
    Bounce,
    Payment,
    PostRemittance,
    Refund,
    RemittanceLine,
    ReverseEntry,
    SellPackage,
    TakeBack,
    TakePayment,
    Transfer,
    UsePackage,
)
from clinicdesk.billing.queries import unapplied
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger import queries
from clinicdesk.ledger.model import AlreadyReversed, IsReversal, PeriodClosed
from tests.ledger.paper import Paper, Party
from tests.support.practice import a_practice

STEPS = 100
PICK = st.integers(0, 10**6)
AMOUNT = st.integers(1, 20_000)
MONEY = {"cash": "1000", "cheque": "1020", "card": "1030", "transfer": "1010"}
METHOD = st.sampled_from(sorted(MONEY))
REASONS = {  # reason: account, whether it raises
    "contractual": ("4100", False), "discount": ("4110", False), "charity": ("4120", False),
    "bad_debt": ("4130", False), "small_balance": ("4140", False), "interest": ("4020", True),
    "office_more": ("4140", True),
}  # fmt: skip


class Biller(RuleBasedStateMachine):
    """Every rule asks the program, then tells the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="clinicdesk-books-")
        self.p = a_practice(Path(self.folder.name))
        self.paper = Paper()
        self.patient_of: dict[int, int] = {}
        self.receipts: dict[int, tuple[str, int, Party]] = {}
        self.acts: list[int] = []  # entry ids that may be reversed
        self.packages: dict[int, int] = {}  # id -> units left
        self.hashes: list[bytes] = []

    def teardown(self) -> None:
        assert self.p.failed_checks() == []
        with self.p.records.read() as reading:
            assert [c for c in self.p.billing.checks(reading) if not c.holds] == []
        self.p.records.close()
        self.folder.cleanup()

    # ── acts ─────────────────────────────────────────────────────────────────────────────────

    @rule(
        who=PICK,
        amount=st.integers(0, 20_000),
        tax=st.sampled_from([0, 0, 77]),
        age=st.integers(0, 90),
    )
    def charge(self, who: int, amount: int, tax: int, age: int) -> None:
        patient = (self.p.anna, self.p.ben, self.p.cara)[who % 3]
        insured = patient == self.p.cara
        party = ("payer", self.p.insurer) if insured else ("guarantor", self.p.anna)
        day = self.today - timedelta(days=age)
        done = self.p.charge(patient, amount, tax_minor=tax, on=day)
        number = done.charge_ids[0]
        self.paper.service[number] = day
        self.patient_of[number] = patient
        for entry_id in done.entry_ids:
            self.paper.owe(number, party, amount + tax)
            self.paper.move({"4000": -amount, "2200": -tax})
            self._did(entry_id)

    @rule(who=PICK, amount=AMOUNT, method=METHOD)
    def pay_oldest_first(self, who: int, amount: int, method: str) -> None:
        patient, party = (
            (self.p.ben, ("guarantor", self.p.anna)),
            (self.p.cara, ("guarantor", self.p.cara)),
        )[who % 2]
        taken = self.p.billing.take_payment(
            TakePayment(patient, Payment(amount, method)), self.p.actor
        ).value
        self._received(taken.receipt_id, method, amount, party)
        own = frozenset(charge for charge, of in self.patient_of.items() if of == patient)
        self.paper.spread(taken.receipt_id, party, amount, own)
        self._did(taken.entry_id)

    @rule(pick=PICK, amount=AMOUNT, extra=st.sampled_from([0, 0, 500]), method=METHOD)
    def pay_by_hand(self, pick: int, amount: int, extra: int, method: str) -> None:
        chosen = self.paper.some_open(pick)
        if chosen is None:
            return
        (charge, party), most = chosen
        payment = Payment(
            amount + extra, method, party=party, allocations=(Allocation(charge, amount),)
        )
        command = TakePayment(self.patient_of[charge], payment)
        if amount > most:
            self._refused(lambda: self.p.billing.take_payment(command, self.p.actor))
            return
        taken = self.p.billing.take_payment(command, self.p.actor).value
        self._received(taken.receipt_id, method, amount + extra, party)
        self.paper.put(taken.receipt_id, charge, party, amount)
        self.paper.hold(taken.receipt_id, extra)
        self._did(taken.entry_id)

    @rule(pick=PICK, paid=AMOUNT, cut=st.integers(0, 5000), share=st.integers(0, 5000))
    def remit(self, pick: int, paid: int, cut: int, share: int) -> None:
        chosen = self.paper.some_open(pick, "payer")
        if chosen is None:
            return
        (charge, party), most = chosen
        line = RemittanceLine(charge, paid, cut, share)
        command = PostRemittance(party[1], paid + 7, (line,))
        if paid + cut + share > most:
            self._refused(lambda: self.p.billing.post_remittance(command, self.p.actor))
            return
        done = self.p.billing.post_remittance(command, self.p.actor).value
        assert done.receipt_id is not None
        self._received(done.receipt_id, "transfer", paid + 7, party)
        self.paper.put(done.receipt_id, charge, party, paid)
        self.paper.hold(done.receipt_id, 7)
        ids = iter(done.entry_ids)
        self._did(next(ids))
        if cut:
            self.paper.owe(charge, party, -cut)
            self.paper.move({"4100": cut})
            self._did(next(ids))
        if share:
            self.paper.owe(charge, party, -share)
            self.paper.owe(charge, self._guarantor(charge), share)
            self._did(next(ids))

    @rule(pick=PICK, amount=AMOUNT, reason=st.sampled_from(sorted(REASONS)))
    def adjust(self, pick: int, amount: int, reason: str) -> None:
        chosen = self.paper.some_open(pick)
        if chosen is None:
            return
        (charge, party), most = chosen
        account, raises = REASONS[reason]
        command = Adjust(charge, party, amount, reason)
        if amount > most and not raises:
            self._refused(lambda: self.p.billing.adjust(command, self.p.actor))
            return
        entry_id = self.p.billing.adjust(command, self.p.actor).value
        signed = amount if raises else -amount
        self.paper.owe(charge, party, signed)
        self.paper.move({account: -signed})
        self._did(entry_id)

    @rule(pick=PICK, amount=AMOUNT, agency=st.booleans())
    def transfer(self, pick: int, amount: int, agency: bool) -> None:
        chosen = self.paper.some_open(pick)
        if chosen is None:
            return
        (charge, party), most = chosen
        target: Party = ("agency" if agency else "payer", self.p.insurer)
        if target == party:
            return
        command = Transfer(charge, party, target, amount, "moved")
        if amount > most:
            self._refused(lambda: self.p.billing.transfer(command, self.p.actor))
            return
        entry_id = self.p.billing.transfer(command, self.p.actor).value
        self.paper.owe(charge, party, -amount)
        self.paper.owe(charge, target, amount)
        self._did(entry_id)

    @rule(pick=PICK, amount=AMOUNT)
    def allocate(self, pick: int, amount: int) -> None:
        receipt = self.paper.some_credit(pick)
        if receipt is None:
            return
        party = self.receipts[receipt][2]
        chosen = self.paper.some_open(pick, party=party)
        if chosen is None:
            return
        (charge, _), most = chosen
        command = Allocate(receipt, (Allocation(charge, amount),))
        if amount > min(most, self.paper.credit[receipt]):
            self._refused(lambda: self.p.billing.allocate(command, self.p.actor))
            return
        entry_id = self.p.billing.allocate(command, self.p.actor).value
        self.paper.put(receipt, charge, party, amount)
        self.paper.hold(receipt, -amount)
        self._did(entry_id)

    @rule(pick=PICK, amount=AMOUNT, method=METHOD)
    def refund(self, pick: int, amount: int, method: str) -> None:
        receipt = self.paper.some_credit(pick)
        if receipt is None:
            return
        command = Refund(receipt, amount, method, "moved away")
        if amount > self.paper.credit[receipt]:
            self._refused(lambda: self.p.billing.refund(command, self.p.actor))
            return
        entry_id = self.p.billing.refund(command, self.p.actor).value
        self.paper.hold(receipt, -amount)
        self.paper.move({MONEY[method]: -amount})
        self._did(entry_id)

    @rule(pick=PICK, amount=AMOUNT)
    def take_back(self, pick: int, amount: int) -> None:
        chosen = self.paper.some_paid(pick, "payer")
        if chosen is None:
            return
        (receipt, charge, party), most = chosen
        command = TakeBack(charge, receipt, amount, "not covered")
        if amount > most:
            self._refused(lambda: self.p.billing.take_back(command, self.p.actor))
            return
        entry_id = self.p.billing.take_back(command, self.p.actor).value
        self.paper.put(receipt, charge, party, -amount)
        self.paper.move({"1010": -amount})
        self._did(entry_id)

    @rule(pick=PICK)
    @precondition(lambda self: self.receipts)
    def bounce(self, pick: int) -> None:
        receipt = sorted(self.receipts)[pick % len(self.receipts)]
        method, amount, _ = self.receipts[receipt]
        command = Bounce(receipt, "no funds")
        if method == "cash" or self.paper.left(receipt) != amount:
            self._refused(lambda: self.p.billing.bounce(command, self.p.actor))
            return
        entry_id = self.p.billing.bounce(command, self.p.actor).value
        self.paper.give_back(receipt)
        self.paper.move({"1010": -amount})
        self._did(entry_id)

    @rule(units=st.integers(1, 5), price=st.integers(5, 9_999))
    def sell_package(self, units: int, price: int) -> None:
        command = SellPackage(self.p.anna, "Ten", units, price, self.p.doctor)
        sold = self.p.billing.sell_package(command, self.p.actor).value
        self.packages[sold.package_id] = units
        self.patient_of[sold.charge_id] = self.p.anna
        self.paper.service[sold.charge_id] = self.today
        self.paper.owe(sold.charge_id, ("guarantor", self.p.anna), price)
        self.paper.move({"2105": -price})
        self.paper.prepaid[sold.package_id] = price
        self.paper.close_act()  # taking a package back is tried in tests/billing

    @rule(pick=PICK)
    @precondition(lambda self: self.packages)
    def use_package(self, pick: int) -> None:
        number = sorted(self.packages)[pick % len(self.packages)]
        left, units = self.paper.prepaid[number], self.packages[number]
        command = UsePackage(number, "UNIT", "A unit", self.p.doctor, self.today)
        if not units:
            self._refused(lambda: self.p.billing.use_package(command, self.p.actor))
            return
        self.p.billing.use_package(command, self.p.actor)
        unit = -(-left // units)  # the first units carry the odd ones
        self.packages[number] -= 1
        self.paper.prepaid[number] -= unit
        self.paper.move({"2105": unit, "4000": -unit})
        self.paper.close_act()

    @rule(pick=PICK)
    @precondition(lambda self: self.acts)
    def reverse(self, pick: int) -> None:
        entry_id = self.acts[pick % len(self.acts)]
        command = ReverseEntry(entry_id, "entered in error")
        mirrored = self.paper.mirrored(entry_id)
        if mirrored is None:
            self._refused(lambda: self.p.billing.reverse(command, self.p.actor))
            return
        reversal = self.p.billing.reverse(command, self.p.actor).value
        self.paper.become(mirrored)
        self.acts.remove(entry_id)
        with pytest.raises(AlreadyReversed):
            self.p.billing.reverse(ReverseEntry(entry_id, "again"), self.p.actor)
        with pytest.raises(IsReversal):
            self.p.billing.reverse(ReverseEntry(reversal, "no"), self.p.actor)

    @rule(amount=AMOUNT)
    def the_same_key_twice(self, amount: int) -> None:
        command = TakePayment(self.p.cara, Payment(amount, "card", allocations=()))
        first = self.p.billing.take_payment(command, self.p.actor).value
        assert self.p.billing.take_payment(command, self.p.actor).value == first
        self._received(first.receipt_id, "card", amount, ("guarantor", self.p.cara))
        self.paper.hold(first.receipt_id, amount)
        self._did(first.entry_id)

    @rule()
    def close_the_day(self) -> None:
        """Yesterday refuses what is posted from now on; today goes on."""
        self.p.clock.advance(timedelta(days=1))
        day = self.today - timedelta(days=1)
        with self.p.records.write(self.p.actor, "test.close") as work:
            self.p.ledger.close_period(
                work, kind="day", first_on=day, last_on=day, closed_at=work.now,
                last_seq=len(self.hashes), figures={},
            )  # fmt: skip
            with pytest.raises(PeriodClosed):
                self.p.ledger.require_open(work, day)
            work.record("test", None)

    # ── what always holds ────────────────────────────────────────────────────────────────────

    @invariant()
    def the_books_say_what_the_paper_says(self) -> None:
        with self.p.records.read() as reading:
            balances = queries.trial_balance(reading)
            owed = queries.receivables(reading)
            held = unapplied(reading)
            hashes = self._hashes(reading)
        assert {b.account: b.amount_minor for b in balances if b.amount_minor} == (
            self.paper.balances()
        )
        assert sum(b.amount_minor for b in balances) == 0
        assert {(o.charge_id, (o.party_kind, o.party_id)): o.amount_minor for o in owed} == {
            key: minor for key, minor in self.paper.open.items() if minor
        }
        assert {h.receipt_id: h.amount_minor for h in held} == {
            key: minor for key, minor in self.paper.credit.items() if minor
        }
        assert hashes[: len(self.hashes)] == self.hashes
        self.hashes = hashes

    # ── hands ────────────────────────────────────────────────────────────────────────────────

    @property
    def today(self) -> Any:
        return self.p.records.profile.zone.day(self.p.clock.now())

    def _hashes(self, reading: Any) -> list[bytes]:
        rows = reading.connection.exec_driver_sql("SELECT hash FROM entry ORDER BY seq")
        return [row[0] for row in rows]

    def _received(self, receipt: int, method: str, amount: int, party: Party) -> None:
        self.receipts[receipt] = (method, amount, party)
        self.paper.owner[receipt] = party
        self.paper.move({MONEY[method]: amount})

    def _guarantor(self, charge: int) -> Party:
        """Who owes of a charge what no insurer does: it may be Anna's, moved to the insurer."""
        is_cara = self.patient_of[charge] == self.p.cara
        return ("guarantor", self.p.cara if is_cara else self.p.anna)

    def _did(self, entry_id: int) -> None:
        self.acts.append(entry_id)
        self.paper.close_act(entry_id)

    def _refused(self, act: Callable[[], object]) -> None:
        """A refusal changes nothing: the invariant after this step sees to it."""
        with pytest.raises(Refusal):
            act()


@pytest.mark.slow
def test_any_sequence_keeps_the_books_right(request: pytest.FixtureRequest) -> None:
    steps = request.config.getoption("--ledger-steps", default=None) or 2000
    run_machine(
        Biller,
        settings=settings(
            max_examples=max(1, steps // STEPS),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # shrinking a hundred transactions takes longer than reading
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
