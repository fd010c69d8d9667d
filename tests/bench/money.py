# SPDX-License-Identifier: Apache-2.0
"""W5: a charge with its payment, a statement, aging of all, the month's figures."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from clinicdesk.billing import queries as billing
from clinicdesk.billing.model import ChargeLine, CheckOut, Payment
from clinicdesk.closing.queries import movements
from clinicdesk.kernel.moments import Month
from tests.bench import limits
from tests.bench.pairs import Measured, measure
from tests.bench.place import Place
from tests.bench.replay import Replay

_AMOUNT = 6500
_OWED = "('1100', '1110', '1120')"
_BUSIEST = """
SELECT patient_id FROM posting WHERE patient_id IS NOT NULL
GROUP BY patient_id ORDER BY COUNT(*) DESC, patient_id LIMIT 40
"""
_UNINSURED = """
SELECT id FROM patient p WHERE survivor_id IS NULL
AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.patient_id = p.id)
AND NOT EXISTS (SELECT 1 FROM guarantor g WHERE g.patient_id = p.id AND g.guarantor_id <> p.id)
ORDER BY id DESC LIMIT 500
"""
_DAY_TOTAL = """
INSERT INTO day_total (business_on, account, cause, party_kind, payer_id, provider_id,
                       amount_minor, "count") VALUES (?, ?, ?, ?, 0, ?, ?, 1)
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor,
                          "count" = "count" + 1
"""


def receivables(place: Place) -> tuple[int, int, int]:
    """Return what is owed by postings, by open amounts and by day totals: equal, or a bug."""
    return (
        place.one(f"SELECT SUM(amount_minor) FROM posting WHERE account IN {_OWED}"),  # noqa: S608
        place.one(f"SELECT SUM(amount_minor) FROM open_amount WHERE account IN {_OWED}"),  # noqa: S608
        place.one(f"SELECT SUM(amount_minor) FROM day_total WHERE account IN {_OWED}"),  # noqa: S608
    )


def reading(place: Place, pairs: int = 9, inner: int = 5) -> list[Measured]:
    """Statements, accounts, aging, the month."""
    return [*_accounts(place, pairs, inner), *_aging(place, pairs, inner), *_month(place, pairs)]


def _accounts(place: Place, pairs: int, inner: int) -> list[Measured]:
    clinic, raw = place.clinic, place.raw
    busiest = [row[0] for row in raw.execute(_BUSIEST)]
    mine, theirs = cycle(busiest), cycle(busiest)

    def register() -> tuple[int, int]:
        with clinic.records.read() as snapshot:
            lines = billing.lines(snapshot, next(mine))
        posted = [line for line in lines if line.id]
        return len(posted), posted[-1].balance_minor if posted else 0

    def statement() -> tuple[int, int]:
        rows = raw.execute(limits.STATEMENT, (next(theirs),)).fetchall()
        return len(rows), rows[-1][-1] if rows else 0

    def account() -> tuple[int, int]:
        found = clinic.billing.account(next(mine), place.actor)
        return sum(1 for line in found.lines if line.id), sum(i.open_minor for i in found.open)

    def opened() -> tuple[int, int]:
        patient = next(theirs)
        rows = raw.execute(limits.STATEMENT, (patient,)).fetchall()
        still_open = raw.execute(limits.OPEN, (patient,)).fetchall()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO bench_look (patient_id) VALUES (?)", (patient,))
        raw.execute("COMMIT")
        return len(rows), sum(row[3] for row in still_open)

    raw.execute("CREATE TABLE IF NOT EXISTS bench_look (patient_id INTEGER NOT NULL) STRICT")
    count = inner * 8
    return [
        measure(
            "W5 statement, 40 busiest",
            register,
            statement,
            bar=4,
            same=_equal,
            pairs=pairs,
            inner=count,
        ),
        measure(
            "W5 account opened, look recorded durably",
            account,
            opened,
            bar=4,
            same=_equal,
            pairs=pairs,
            inner=count,
        ),
    ]


def _aging(place: Place, pairs: int, inner: int) -> list[Measured]:
    clinic, raw, today = place.clinic, place.raw, place.today

    def debtors() -> tuple[billing.DebtorRow, ...]:
        with clinic.records.read() as snapshot:
            return billing.debtors(snapshot, today)

    def same_sums(ours: Any, limit: Any) -> bool:
        mine = {row.guarantor_id: row.buckets for row in ours if any(row.buckets)}
        return mine == {row[0]: tuple(row[1:]) for row in limit if any(row[1:])}

    def same_rows(ours: Any, limit: Any) -> bool:
        mine = {row.guarantor_id: (row.buckets, row.phone, row.credit_minor) for row in ours}
        theirs = {row[0]: (tuple(row[1]), row[5] or "", row[6]) for row in limit}
        total = sum(row.total_minor for row in ours)
        return mine == theirs and set(receivables(place)) == {total}

    rows = len(debtors())
    return [
        measure(
            f"W5 aging, {rows} accounts, limit sums only",
            debtors,
            lambda: limits.aging(raw, today),
            bar=None,
            same=same_sums,
            pairs=pairs,
            inner=inner,
        ),
        measure(
            "W5 aging, with names, phones, last payments",
            debtors,
            lambda: limits.wide_aging(raw, today),
            bar=3,
            same=same_rows,
            pairs=pairs,
            inner=inner,
        ),
    ]


def _month(place: Place, pairs: int) -> list[Measured]:
    clinic, raw, month = place.clinic, place.raw, Month.of(place.today).previous

    def figures() -> tuple[int, Any]:
        with clinic.records.read() as snapshot:
            return movements.days(snapshot, month, month.last)

    def same(ours: Any, limit: Any) -> bool:
        opening, days = ours
        moved: dict[str, int] = {}
        for on, _cause, _party, amount in limit[1]:
            moved[on] = moved.get(on, 0) + amount
        return opening == limit[0] and {d.on.isoformat(): d.change_minor for d in days} == moved

    def same_opening(ours: Any, limit: Any) -> bool:
        return bool(ours.holds) and ours.opening_minor == limit[0]

    return [
        measure(
            "W5 month's opening, movements by day",
            figures,
            lambda: limits.movements(raw, month.first, month.last),
            bar=5,
            same=same,
            pairs=pairs,
            inner=10,
        ),
        measure(
            "W5 month end R1-R9 with proof, beside it",
            lambda: clinic.closing.month_end(month, place.actor),
            lambda: limits.movements(raw, month.first, month.last),
            bar=None,
            same=same_opening,
            pairs=pairs,
        ),
    ]


def _equal(ours: object, limit: object) -> bool:
    return ours == limit


def posting(place: Place, pairs: int = 9, inner: int = 20) -> Measured:
    """A charge paid at once: one durable transaction with chain, audit, totals and allocation."""
    clinic, raw, today = place.clinic, place.raw, place.today
    patients = cycle([row[0] for row in raw.execute(_UNINSURED)])
    provider = clinic.staff.providers(today)[0].id
    line = ChargeLine("CONS15", "Consultation, 15 minutes", _AMOUNT, provider)

    def ours() -> tuple[int, int]:
        payment = Payment(_AMOUNT, "card", this_visit_first=True)
        clinic.billing.check_out(CheckOut(next(patients), today, (line,), payment), place.actor)
        return _last_posted(place)

    tables = ("charge", "receipt", "posting", "entry")
    owed_before = receivables(place)
    replay = Replay(place, tables, ours)
    charge, receipt = replay.rows["charge"][0], replay.rows["receipt"][0]
    entries, postings = replay.rows["entry"], replay.rows["posting"]
    entry_ids = sorted({row["entry_id"] for row in postings})
    parts = [[row for row in postings if row["entry_id"] == number] for number in entry_ids]
    original = charge["patient_id"]
    account = next(row for row in postings if row["charge_id"] is not None)["account"]
    number = 0

    def written_for(row: dict[str, Any], patient: int) -> dict[str, Any]:
        own = ("patient_id", "guarantor_id", "party_id")
        return {name: patient for name in own if row.get(name) == original}

    def limit() -> tuple[int, int]:
        nonlocal number
        patient, number = next(patients), number + 1
        raw.execute("BEGIN IMMEDIATE")
        charge_id = replay.put("charge", charge, written_for(charge, patient))
        paid = {**written_for(receipt, patient), "number": f"L{number:06}"}
        receipt_id = replay.put("receipt", receipt, paid)
        seq = raw.execute("SELECT MAX(seq) FROM entry").fetchone()[0]
        for entry, rows in zip(entries, parts, strict=True):
            seq += 1
            for row in rows:
                owned = {
                    "entry_id": seq,
                    "charge_id": None if row["charge_id"] is None else charge_id,
                    "receipt_id": None if row["receipt_id"] is None else receipt_id,
                }
                replay.put("posting", row, {**written_for(row, patient), **owned})
                raw.execute(
                    _DAY_TOTAL,
                    (entry["business_on"], row["account"], row["cause"], row["party_kind"] or "",
                     row["provider_id"] or 0, row["amount_minor"]),
                )  # fmt: skip
            replay.put(
                "entry", entry, {"id": seq, "seq": seq, "idempotency_key": f"limit-{number}-{seq}"}
            )
        raw.execute(
            "INSERT INTO open_amount VALUES (?, ?, 'guarantor', ?, ?, 0)",
            (charge_id, account, patient, patient),
        )
        raw.execute("COMMIT")
        return _last_posted(place)

    def same(posted: object, written: object) -> bool:
        return posted == written and receivables(place) == owed_before

    return measure(
        "W5 post charge and payment, durable",
        ours,
        limit,
        bar=3,
        same=same,
        pairs=pairs,
        inner=inner,
    )


def _last_posted(place: Place) -> tuple[int, int]:
    """Return how many rows the newest receipt's postings are, and the sum of their debits."""
    row = place.raw.execute(
        "SELECT COUNT(*), SUM(MAX(amount_minor, 0)) FROM posting WHERE receipt_id = "
        "(SELECT MAX(id) FROM receipt)"
    ).fetchone()
    return row[0], row[1]
