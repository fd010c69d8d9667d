# SPDX-License-Identifier: Apache-2.0
"""The month end for machines: JSON with integer minor units, CSV with plain decimal points."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clinicdesk.closing import columns
from clinicdesk.closing.model import MonthEnd, ProofLine, SummaryRow
from clinicdesk.closing.reports.catalogue import REPORTS, Report
from clinicdesk.kernel.columns import Column, Kind, Row
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.money import Currency

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def month_end_json(report: MonthEnd, currency: Currency, clinic: str) -> str:
    """Return the report as JSON; amounts are minor units of the currency named once."""
    body = {
        **_head("month-end", report, currency, clinic),
        "last_entry": report.last_seq,
        "holds": report.holds,
        "proof": [_proof(line) for line in report.proof],
        **_figures(report),
    }
    return _written(body)


def report_json(one: Report, report: MonthEnd, currency: Currency, clinic: str) -> str:
    """Return one report as JSON, under the same keys as in the month end."""
    figures = _figures(report)
    body = _head(one.name, report, currency, clinic) | {key: figures[key] for key in one.sections}
    return _written(body)


def month_end_csv(report: MonthEnd, currency: Currency) -> str:
    """Return the report as CSV: one section per report, each with its own heading row."""
    sections = ("summary", "proof", *(key for key in _CSV if key not in {"summary", "proof"}))
    return _table(("month-end", str(report.month), currency.code), sections, report, currency)


def report_csv(one: Report, report: MonthEnd, currency: Currency) -> str:
    """Return one report as CSV, in the same sections as in the month end."""
    return _table((one.name, str(report.month), currency.code), one.sections, report, currency)


def _head(name: str, report: MonthEnd, currency: Currency, clinic: str) -> dict[str, Any]:
    return {
        "report": name,
        "clinic": clinic,
        "period": str(report.month),
        "as_of": report.as_of.isoformat(),
        "currency": currency.code,
        "decimals": currency.decimals,
        "status": "draft" if report.seal is None else "closed",
    }


def _figures(report: MonthEnd) -> dict[str, Any]:
    return {
        "summary": [_measure(row) for row in report.summary],
        "receivables": {
            "opening": report.opening_minor,
            "closing": report.closing_minor,
            "with_agencies": report.agency_minor,
            "days": _rows(columns.DAYS, report.days),
        },
        "aging": {
            "total": sum(report.buckets),
            "buckets": list(report.buckets),
            "accounts": _rows(columns.AGING, report.aging),
        },
        "providers": _rows(columns.PROVIDERS, report.providers),
        "payments": _rows(columns.METHODS, report.methods),
        "prior_periods": _rows(columns.PRIOR, report.prior),
        "trend": _rows(columns.TREND, report.trend),
        **{part.key: _rows(part.columns, part.rows(report)) for part in _PARTS},
    }


def _written(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


Section = tuple[Sequence[Column[Any]], Callable[[MonthEnd], Sequence[Any]]]
_PARTS = tuple(part for one in REPORTS for part in one.parts)
_CSV: dict[str, Section] = {
    "summary": (columns.SUMMARY, lambda report: report.summary),
    "proof": (columns.PROOF, lambda report: report.proof),
    "receivables": (columns.DAYS, lambda report: report.days),
    "aging": (columns.AGING, lambda report: report.aging),
    "providers": (columns.PROVIDERS, lambda report: report.providers),
    "payments": (columns.METHODS, lambda report: report.methods),
    "prior_periods": (columns.PRIOR, lambda report: report.prior),
    "trend": (columns.TREND, lambda report: report.trend),
    **{part.key: (part.columns, part.rows) for part in _PARTS},
}


def _table(
    head: Sequence[str], sections: Sequence[str], report: MonthEnd, currency: Currency
) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(head)
    for name in sections:
        heads, rows = _CSV[name]
        write.writerow([])
        write.writerow([name, *(column.key for column in heads)])
        for one in rows(report):
            if isinstance(one, SummaryRow):
                write.writerow([name, *_summary_cells(one, currency)])
                continue
            cells = [_cell(_kind_of(column, one), column.value(one), currency) for column in heads]
            write.writerow([name, *cells])
    return out.getvalue()


def _kind_of(column: Column[Any], row: Any) -> Kind:
    """Return a cell's kind; a proof line may compare counts instead of amounts."""
    if isinstance(row, ProofLine) and column.kind is Kind.MONEY:
        return row.kind
    return column.kind


def _proof(line: ProofLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "left": line.left,
        "right": line.right,
        "holds": line.holds,
        "unit": "minor" if line.kind is Kind.MONEY else "count",
        "title": line.title,
    }


def _measure(row: SummaryRow) -> dict[str, Any]:
    values = {column.key: _native(column.value(row)) for column in columns.SUMMARY}
    return {**values, "measure": row.key, "title": row.title, "kind": row.kind.value}


def _rows(heads: Sequence[Column[Row]], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{column.key: _native(column.value(row)) for column in heads} for row in rows]


def _native(value: Any) -> Any:
    match value:
        case Decimal():
            return round(float(value), 6)  # rates only; amounts are integers
        case date():
            return value.isoformat()
        case str() | Month():
            return str(value)
        case _:
            return value


def _summary_cells(row: SummaryRow, currency: Currency) -> list[str]:
    cells = []
    for column in columns.SUMMARY:
        kind = row.kind if column.kind is Kind.MONEY else column.kind
        value = row.key if column.key == "measure" else column.value(row)
        cells.append(_cell(kind, value, currency))
    return cells


def _cell(kind: Kind, value: Any, currency: Currency) -> str:
    if value is None:
        return ""
    if kind is Kind.MONEY:
        return str(Decimal(value).scaleb(-currency.decimals))
    if isinstance(value, Decimal):
        return str(round(value, 6))
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if kind is Kind.TEXT and text.startswith(_FORMULA):
        return f"'{text}"  # a spreadsheet would run it
    return text
