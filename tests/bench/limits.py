# SPDX-License-Identifier: Apache-2.0
"""The limits: hand-tuned SQL on the same encrypted file, without any layer above the driver."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

DAY = """
SELECT a.id, a.provider_id, a.starts_min, a.ends_min, a.booking, a.contact, a.type_id,
       p.family_name, p.given_name
FROM appointment a LEFT JOIN patient p ON p.id = a.patient_id
WHERE a.provider_id = ? AND a.starts_min < ? AND a.starts_min > ? AND a.ends_min > ?
ORDER BY a.starts_min
"""

# The same day with every column of a card: what the book paints, not only where it stands.
WIDE_DAY = """
SELECT a.id, a.provider_id, a.starts_min, a.ends_min, a.booking, a.contact, a.type_id,
       p.family_name, p.given_name, a.version, a.kind, p.id, p.chart_number, a.starts_wall, a.fold,
       a.minutes, t.name, t.color, r.resource_id, s.name, a.note, a.cancel_reason,
       (SELECT SUM(o.amount_minor) FROM open_amount o
        WHERE o.patient_id = a.patient_id AND o.amount_minor <> 0 AND o.party_kind = 'guarantor'),
       EXISTS (SELECT 1 FROM alert l WHERE l.patient_id = p.id AND l.ended_on IS NULL),
       a.new_patient, a.overbook, a.walk_in, a.series_id, a.arrived_at, a.roomed_at, a.checkout_at
FROM appointment a LEFT JOIN patient p ON p.id = a.patient_id
LEFT JOIN appointment_type t ON t.id = a.type_id
LEFT JOIN appointment_resource r ON r.appointment_id = a.id AND r.resource_id IS NOT NULL
LEFT JOIN resource s ON s.id = r.resource_id
WHERE a.provider_id = ? AND a.starts_min < ? AND a.starts_min > ? AND a.ends_min > ?
ORDER BY a.starts_min
"""

BUSY = """
SELECT starts_min, ends_min FROM appointment_resource
WHERE staff_id = ? AND starts_min < ? AND starts_min > ? AND ends_min > ? AND active = 1
ORDER BY starts_min
"""

CLASH = """
SELECT 1 FROM appointment_resource
WHERE staff_id = ? AND starts_min < ? AND starts_min > ? AND ends_min > ? AND active = 1 LIMIT 1
"""

STATEMENT = """
SELECT e.business_on, e.kind, p.cause, p.amount_minor,
       SUM(p.amount_minor) OVER (ORDER BY e.seq, p.line)
FROM posting p JOIN entry e ON e.id = p.entry_id
WHERE p.patient_id = ? AND p.account IN ('1100', '1110', '1120', '2100', '2110')
ORDER BY e.seq, p.line
"""

AGING = """
SELECT CASE WHEN o.party_kind = 'guarantor' THEN o.party_id ELSE c.guarantor_id END,
       SUM(CASE WHEN c.service_on > ?1 THEN o.amount_minor ELSE 0 END),
       SUM(CASE WHEN c.service_on <= ?1 AND c.service_on > ?2 THEN o.amount_minor ELSE 0 END),
       SUM(CASE WHEN c.service_on <= ?2 AND c.service_on > ?3 THEN o.amount_minor ELSE 0 END),
       SUM(CASE WHEN c.service_on <= ?3 AND c.service_on > ?4 THEN o.amount_minor ELSE 0 END),
       SUM(CASE WHEN c.service_on <= ?4 THEN o.amount_minor ELSE 0 END)
FROM open_amount o JOIN charge c ON c.id = o.charge_id
WHERE o.amount_minor <> 0 GROUP BY 1
"""

# What the paper needs besides the sums: who they are, their phone, their last payment, credits.
OWNERS = """
SELECT p.id, p.chart_number, p.family_name, p.given_name,
       (SELECT c.value FROM contact c WHERE c.patient_id = p.id AND c.kind IN ('mobile', 'phone')
        AND c.archived = 0 ORDER BY c.rank, c.id LIMIT 1)
FROM patient p WHERE p.id IN (SELECT value FROM json_each(?))
"""

LAST_PAID = """
SELECT r.party_id, r.received_on, r.amount_minor FROM receipt r JOIN (
    SELECT MAX(id) AS id FROM receipt WHERE party_kind = 'guarantor' GROUP BY party_id
) n ON n.id = r.id
"""

HELD = """
SELECT party_id, SUM(amount_minor) FROM credit_amount
WHERE party_kind = 'guarantor' AND amount_minor <> 0 GROUP BY party_id
"""

OPEN = """
SELECT o.charge_id, o.party_kind, o.party_id, o.amount_minor, c.service_on, c.code, c.description,
       c.amount_minor, s.initials
FROM open_amount o JOIN charge c ON c.id = o.charge_id JOIN staff_member s ON s.id = c.provider_id
WHERE o.patient_id = ? AND o.amount_minor <> 0 ORDER BY c.service_on, c.id
"""

MONTH = """
SELECT provider_id, account, cause, SUM(amount_minor), SUM("count")
FROM day_total WHERE business_on BETWEEN ? AND ? GROUP BY 1, 2, 3
"""


# Opening receivables, and the month's movements of each day by cause and party.
OPENING = """
SELECT COALESCE(SUM(amount_minor), 0) FROM day_total
WHERE account IN ('1100', '1110') AND business_on < ?
"""

MOVES = """
SELECT business_on, cause, party_kind, SUM(amount_minor) FROM day_total
WHERE account IN ('1100', '1110') AND business_on BETWEEN ? AND ? GROUP BY 1, 2, 3
"""


def day(raw: Any, providers: list[int], start: int, end: int, query: str = DAY) -> list[Any]:
    """Return the day's rows, provider by provider, as the driver gives them."""
    rows: list[Any] = []
    for provider in providers:
        rows += raw.execute(query, (provider, end, start - 1440, start)).fetchall()
    return rows


def month(raw: Any, first: date, last: date) -> list[Any]:
    """Return a month's totals."""
    rows: list[Any] = raw.execute(MONTH, (first.isoformat(), last.isoformat())).fetchall()
    return rows


def movements(raw: Any, first: date, last: date) -> tuple[int, list[Any]]:
    """Return receivables before a month, and what moved them in it."""
    opening = raw.execute(OPENING, (first.isoformat(),)).fetchone()[0]
    return opening, raw.execute(MOVES, (first.isoformat(), last.isoformat())).fetchall()


def aging(raw: Any, today: date) -> list[Any]:
    """Return five buckets of every guarantor with something open."""
    edges = tuple((today - timedelta(days=n)).isoformat() for n in (31, 61, 91, 121))
    rows: list[Any] = raw.execute(AGING, edges).fetchall()
    return rows


def wide_aging(raw: Any, today: date) -> list[Any]:
    """Return the buckets with names, phones, credits and last payments, largest debt first."""
    sums = {row[0]: row[1:] for row in aging(raw, today) if any(row[1:])}
    held = dict(raw.execute(HELD).fetchall())
    owners = sums.keys() | held.keys()
    who = {row[0]: row[1:] for row in raw.execute(OWNERS, (json.dumps(list(owners)),))}
    paid = {row[0]: row[1:] for row in raw.execute(LAST_PAID)}
    none = (0,) * 5
    found = [
        (owner, sums.get(owner, none), *who[owner], held.get(owner, 0), paid.get(owner))
        for owner in owners
    ]
    return sorted(found, key=lambda row: (-sum(row[1]), row[3], row[0]))


def openings(
    raw: Any,
    hours: dict[tuple[int, int], list[tuple[int, int]]],
    days: list[tuple[int, int]],
    wish: tuple[int, int, int, int],
) -> list[tuple[int, int]]:
    """Return (start, provider) of the next openings.

    Args:
        raw: connection.
        hours: working spans by place of the day and provider, in the order of the columns.
        days: first minute and end of each day looked at.
        wish: minutes, grid, earliest start, count.
    """
    minutes, grid, begin, count = wish
    found: list[tuple[int, int, int]] = []
    for place, (start, end) in enumerate(days):
        for column, (provider, spans) in enumerate(
            (key[1], spans) for key, spans in hours.items() if key[0] == place
        ):
            busy = raw.execute(BUSY, (provider, end, start - 1440, start)).fetchall()
            for opens, closes in spans:
                at = opens
                for taken, free in (*busy, (closes, closes)):
                    if free <= at:
                        continue
                    begins = at if at >= begin else at + -(-(begin - at) // grid) * grid
                    while begins + minutes <= min(taken, closes):
                        found.append((begins, column, provider))
                        begins += grid
                    at = free
                    if at >= closes:
                        break
        if len(found) >= count:
            break
    return [(start, provider) for start, _, provider in sorted(found)[:count]]
