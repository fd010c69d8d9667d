# SPDX-License-Identifier: Apache-2.0
"""What a careful biller would keep on paper: the model random books are held against.

It knows no ledger code and no double entry: debts, credits and payments in plain dictionaries,
and beside them the balance of each account that is neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

Party = tuple[str, int]
Debt = tuple[int, Party]  # charge, who owes
Share = tuple[int, int, Party]  # receipt, charge, who owes

RECEIVABLE = {"payer": "1100", "guarantor": "1110", "agency": "1120"}


@dataclass
class Change:
    """What one entry did."""

    owed: defaultdict[Debt, int] = field(default_factory=lambda: defaultdict(int))
    paid: defaultdict[Share, int] = field(default_factory=lambda: defaultdict(int))
    held: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    moved: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


class Paper:
    """Debts, payments, credits, and the other accounts.

    Attributes:
        open: what a party owes on a charge.
        paid: what a receipt pays of it.
        credit: what is left of a receipt.
        prepaid: what is left of a package.
        service: the day of each charge's service.
    """

    def __init__(self) -> None:
        self.open: defaultdict[Debt, int] = defaultdict(int)
        self.paid: defaultdict[Share, int] = defaultdict(int)
        self.credit: defaultdict[int, int] = defaultdict(int)
        self.accounts: defaultdict[str, int] = defaultdict(int)
        self.owner: dict[int, Party] = {}
        self.service: dict[int, date] = {}
        self.prepaid: dict[int, int] = {}
        self._acts: dict[int, Change] = {}
        self._change = Change()

    def owe(self, charge: int, party: Party, minor: int) -> None:
        self.open[charge, party] += minor
        self._change.owed[charge, party] += minor

    def put(self, receipt: int, charge: int, party: Party, minor: int) -> None:
        """Pay some of a debt with a receipt; below zero takes it off again."""
        self.owe(charge, party, -minor)
        self.paid[receipt, charge, party] += minor
        self._change.paid[receipt, charge, party] += minor

    def hold(self, receipt: int, minor: int) -> None:
        self.credit[receipt] += minor
        self._change.held[receipt] += minor

    def move(self, amounts: Mapping[str, int]) -> None:
        for account, minor in amounts.items():
            self.accounts[account] += minor
            self._change.moved[account] += minor

    def close_act(self, entry_id: int | None = None) -> None:
        """Say which entry did all this."""
        if entry_id is not None:
            self._acts[entry_id] = self._change
        self._change = Change()

    def spread(self, receipt: int, party: Party, minor: int, own: frozenset[int]) -> None:
        """Pay what a party owes: the patient's own charges, then others, of each the oldest."""
        for charge, who in sorted(
            self.open, key=lambda debt: (debt[0] not in own, self.service[debt[0]], debt)
        ):
            part = min(minor, self.open[charge, who]) if who == party else 0
            if part > 0:
                self.put(receipt, charge, party, part)
                minor -= part
        self.hold(receipt, minor)

    def left(self, receipt: int) -> int:
        """What the clinic still has of a receipt, on charges or as credit."""
        on_charges = sum(minor for share, minor in self.paid.items() if share[0] == receipt)
        return self.credit[receipt] + on_charges

    def give_back(self, receipt: int) -> None:
        for share, minor in list(self.paid.items()):
            if share[0] == receipt and minor:
                self.put(*share, -minor)
        self.hold(receipt, -self.credit[receipt])

    def mirrored(self, entry_id: int) -> Paper | None:
        """Return the paper after an entry is taken back, or None where that cannot be."""
        change, after = self._acts[entry_id], deepcopy(self)
        before = dict(self.paid)
        for debt, minor in change.owed.items():
            after.open[debt] -= minor
        for share, minor in change.paid.items():
            after.paid[share] -= minor
        for receipt, minor in change.held.items():
            after.credit[receipt] -= minor
        for account, minor in change.moved.items():
            after.accounts[account] -= minor
        for debt in change.owed:
            after._settle(debt, before)
        whole = [*after.open.values(), *after.paid.values(), *after.credit.values()]
        return after if min(whole, default=0) >= 0 else None

    def _settle(self, debt: Debt, paid_before: Mapping[Share, int]) -> None:
        """What a debt that shrank is overpaid by becomes credit, the newest payment first."""
        excess = -self.open[debt]
        receipts = sorted(
            (share for share, minor in paid_before.items() if share[1:] == debt and minor > 0),
            reverse=True,
        )
        for share in receipts:
            part = min(excess, paid_before[share])
            if part > 0:
                self.open[debt] += part
                self.paid[share] -= part
                self.credit[share[0]] += part
                excess -= part

    def become(self, other: Paper) -> None:
        """Take over what another paper says."""
        self.__dict__.update(other.__dict__)

    def balances(self) -> dict[str, int]:
        """Return what every account must show."""
        sums = defaultdict(int, self.accounts)
        for (_, party), minor in self.open.items():
            sums[RECEIVABLE[party[0]]] += minor
        for receipt, minor in self.credit.items():
            sums["2110" if self.owner[receipt][0] == "payer" else "2100"] -= minor
        return {account: minor for account, minor in sums.items() if minor}

    def some_open(
        self, pick: int, kind: str = "", party: Party | None = None
    ) -> tuple[Debt, int] | None:
        """Choose a debt that is open."""
        found = [
            (debt, minor)
            for debt, minor in sorted(self.open.items())
            if minor > 0 and kind in {"", debt[1][0]} and party in {None, debt[1]}
        ]
        return found[pick % len(found)] if found else None

    def some_credit(self, pick: int) -> int | None:
        """Choose a receipt of which something is left."""
        found = sorted(receipt for receipt, minor in self.credit.items() if minor > 0)
        return found[pick % len(found)] if found else None

    def some_paid(self, pick: int, kind: str) -> tuple[Share, int] | None:
        """Choose a payment of a kind of party on a charge."""
        found = [
            (share, minor)
            for share, minor in sorted(self.paid.items())
            if minor > 0 and share[2][0] == kind
        ]
        return found[pick % len(found)] if found else None
