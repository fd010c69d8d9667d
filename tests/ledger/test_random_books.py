# SPDX-License-Identifier: Apache-2.0
"""Random sequences of billing against an independent model: plain dictionaries, no ledger code.

The model knows only what a biller knows: who owes what on which charge, and what is left of each
receipt. 2,000 steps by default; ``--ledger-steps 10000`` for the long run.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    Allocate,
    Allocation,
    Bounce,
    Payment,
    Refund,
    TakeBack,
    TakePayment,
    Transfer,
    WriteOff,
)
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from tests.support.practice import TODAY, Practice, a_practice

Party = tuple[str, int]


class Model:
    """What a biller would keep on paper."""

    def __init__(self) -> None:
        self.open: dict[tuple[int, Party], int] = {}  # (charge, party) -> owed
        self.order: list[tuple[int, int]] = []  # (charge, patient), as posted
        self.credit: dict[int, int] = {}  # receipt -> left
        self.paid: dict[tuple[int, int, Party], int] = {}  # (receipt, charge, party) -> on it
        self.owner: dict[int, Party] = {}
        self.received: dict[int, tuple[str, int]] = {}  # receipt -> method and amount
        self.money = self.produced = self.given_up = 0

    def put(self, receipt: int, charge: int, party: Party, amount: int) -> None:
        self.open[charge, party] -= amount
        key = (receipt, charge, party)
        self.paid[key] = self.paid.get(key, 0) + amount


class Run:
    """One random run."""

    def __init__(self, practice: Practice, seed: int) -> None:
        self.practice, self.model = practice, Model()
        self.chance = random.Random(seed)
        self.people = {practice.anna: practice.anna, practice.ben: practice.anna}
        self.people[practice.cara] = practice.cara

    def step(self) -> None:
        name = self.chance.choice(
            ["charge", "charge", "pay", "pay", "pay_part", "allocate", "refund", "write_off",
             "transfer", "take_back", "bounce"]
        )  # fmt: skip
        getattr(self, name)()

    def charge(self) -> None:
        patient = self.chance.choice(list(self.people))
        amount = self.chance.choice([0, 1, 999, 5000, 12345])
        insured = patient == self.practice.cara
        party = ("payer", self.practice.insurer) if insured else ("guarantor", self.people[patient])
        number = self.practice.charge(patient, amount).charge_ids[0]
        if amount:
            self.model.open[number, party] = amount
            self.model.order.append((number, patient))
            self.model.produced += amount

    def pay(self) -> None:
        patient = self.chance.choice(list(self.people))
        party = ("guarantor", self.people[patient])
        amount = self.chance.randint(1, 9000)
        receipt = self._take(patient, party, amount, None)
        # The patient's own charges come before those of the family.
        for charge, _ in sorted(self.model.order, key=lambda one: (one[1] != patient, one[0])):
            part = min(amount, self.model.open.get((charge, party), 0))
            if part:
                self.model.put(receipt, charge, party, part)
                amount -= part
        self.model.credit[receipt] = amount

    def pay_part(self) -> None:
        owed = self._some_open()
        if owed is None:
            return
        (charge, party), most = owed
        part = self.chance.randint(1, most)
        extra = self.chance.choice([0, 0, 250])
        if party[0] == "agency":
            extra = 0
        receipt = self._take(
            self._patient(charge), party, part + extra, (Allocation(charge, part),)
        )
        self.model.put(receipt, charge, party, part)
        self.model.credit[receipt] = extra

    def allocate(self) -> None:
        choices = [
            (receipt, key, most)
            for receipt, left in self.model.credit.items()
            if left > 0
            for key, most in self.model.open.items()
            if most > 0 and key[1] == self.model.owner[receipt]
        ]
        if not choices:
            return
        receipt, (charge, party), most = self.chance.choice(choices)
        part = self.chance.randint(1, min(most, self.model.credit[receipt]))
        command = Allocate(receipt, (Allocation(charge, part),))
        self.practice.billing.allocate(command, self.practice.actor)
        self.model.put(receipt, charge, party, part)
        self.model.credit[receipt] -= part

    def refund(self) -> None:
        choices = [(receipt, left) for receipt, left in self.model.credit.items() if left > 0]
        if not choices:
            return
        receipt, left = self.chance.choice(choices)
        amount = self.chance.randint(1, left)
        self.practice.billing.refund(Refund(receipt, amount, "cash", "moved"), self.practice.actor)
        self.model.credit[receipt] -= amount
        self.model.money -= amount

    def write_off(self) -> None:
        owed = self._some_open()
        if owed is None:
            return
        (charge, party), most = owed
        amount = self.chance.randint(1, most)
        cause, reason = self.chance.choice(
            [("contractual", "contractual"), ("discount", "discount"), ("write-off", "bad_debt")]
        )
        command = WriteOff(charge, party, amount, cause, reason)
        self.practice.billing.write_off(command, self.practice.actor)
        self.model.open[charge, party] -= amount
        self.model.given_up += amount

    def transfer(self) -> None:
        owed = self._some_open()
        if owed is None:
            return
        (charge, party), most = owed
        target = ("guarantor", self.people[self._patient(charge)])
        if party == target:
            target = ("agency", self.practice.insurer)
        amount = self.chance.randint(1, most)
        command = Transfer(charge, party, target, amount, "copayment")
        self.practice.billing.transfer(command, self.practice.actor)
        self.model.open[charge, party] -= amount
        self.model.open[charge, target] = self.model.open.get((charge, target), 0) + amount

    def take_back(self) -> None:
        choices = [
            (key, paid)
            for key, paid in self.model.paid.items()
            if paid > 0 and key[2][0] == "payer"
        ]
        if not choices:
            return
        (receipt, charge, party), paid = self.chance.choice(choices)
        amount = self.chance.randint(1, paid)
        command = TakeBack(charge, receipt, amount, "not_covered")
        self.practice.billing.take_back(command, self.practice.actor)
        self.model.paid[receipt, charge, party] -= amount
        self.model.open[charge, party] += amount
        self.model.money -= amount

    def bounce(self) -> None:
        whole = [
            receipt
            for receipt, (method, amount) in self.model.received.items()
            if method != "cash" and self._left(receipt) == amount
        ]
        if not whole or self.chance.random() < 0.7:
            return
        receipt = self.chance.choice(whole)
        self.practice.billing.bounce(Bounce(receipt, "no_funds"), self.practice.actor)
        for key, paid in list(self.model.paid.items()):
            if key[0] == receipt:
                self.model.open[key[1], key[2]] += paid
                self.model.money -= paid
                self.model.paid[key] = 0
        self.model.money -= self.model.credit[receipt]
        self.model.credit[receipt] = 0

    def check(self) -> None:
        """Compare the books with the paper."""
        balances = self.practice.balances()
        owed = {"payer": 0, "guarantor": 0, "agency": 0}
        for (_, party), amount in self.model.open.items():
            assert amount >= 0
            owed[party[0]] += amount
        assert balances.get("1100", 0) == owed["payer"]
        assert balances.get("1110", 0) == owed["guarantor"]
        assert balances.get("1120", 0) == owed["agency"]
        held = sum(self.model.credit.values())
        assert balances.get("2100", 0) + balances.get("2110", 0) == -held
        money = sum(balances.get(account, 0) for account in ("1000", "1010", "1020", "1030"))
        assert money == self.model.money
        assert balances.get("4000", 0) == -self.model.produced
        given_up = sum(balances.get(account, 0) for account in ("4100", "4110", "4130"))
        assert given_up == self.model.given_up
        assert sum(balances.values()) == 0

    def _take(
        self, patient: int, party: Party, amount: int, parts: tuple[Allocation, ...] | None
    ) -> int:
        method = self.chance.choice(["cash", "card", "cheque", "transfer"])
        payment = Payment(amount, method, party=party, allocations=parts)
        done = self.practice.billing.take_payment(
            TakePayment(patient, payment), self.practice.actor
        )
        self.model.money += amount
        self.model.owner[done.value.receipt_id] = party
        self.model.received[done.value.receipt_id] = (method, amount)
        return done.value.receipt_id

    def _left(self, receipt: int) -> int:
        """What the clinic still holds of a receipt: on charges and as credit."""
        on_charges = sum(paid for key, paid in self.model.paid.items() if key[0] == receipt)
        return self.model.credit[receipt] + on_charges

    def _some_open(self) -> tuple[tuple[int, Party], int] | None:
        choices = [(key, amount) for key, amount in self.model.open.items() if amount > 0]
        return self.chance.choice(choices) if choices else None

    def _patient(self, charge: int) -> int:
        return dict(self.model.order)[charge]


def test_the_books_agree_with_paper_after_any_sequence(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    steps = request.config.getoption("--ledger-steps", default=None) or 2000
    run = Run(a_practice(tmp_path), seed=20261125)
    for number in range(steps):
        run.step()
        if number % 100 == 0:
            run.check()
    run.check()
    assert run.practice.failed_checks() == []
    month = Month.of(TODAY)
    report = Closing(run.practice.records).month_end(month, run.practice.actor)
    assert [proof.name for proof in report.proof if not proof.holds] == []


def test_too_much_is_always_refused_and_changes_nothing(tmp_path: Path) -> None:
    run = Run(a_practice(tmp_path), seed=7)
    for _ in range(60):
        run.step()
    before = run.practice.balances()
    for (charge, party), most in list(run.model.open.items()):
        for command in (
            lambda c=charge, p=party, m=most: run.practice.billing.write_off(
                WriteOff(c, p, m + 1, "write-off", "bad_debt"), run.practice.actor
            ),
            lambda c=charge, p=party, m=most: run._take(
                run._patient(c), p, m + 1, (Allocation(c, m + 1),)
            ),
        ):
            with pytest.raises(Refusal):
                command()
    assert run.practice.balances() == before
