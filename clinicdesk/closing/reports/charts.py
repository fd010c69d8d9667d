# SPDX-License-Identifier: Apache-2.0
"""The month end's charts, as data for paper and screen."""

from __future__ import annotations

from collections.abc import Sequence

from clinicdesk.closing.columns import METHOD_WORDS
from clinicdesk.closing.model import MonthEnd, ProviderRow
from clinicdesk.kernel.charts import Chart, ChartKind, Series
from clinicdesk.kernel.columns import Kind
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

AGES = (N_("0–30 days"), N_("31–60"), N_("61–90"), N_("91–120"), N_("Over 120"))


def trend(report: MonthEnd, formats: Formats) -> Chart:
    """Net production and net receipts of the past twelve months."""
    rows = report.trend
    return Chart(
        ChartKind.BARS,
        formats.word(N_("Net production and net receipts, past twelve months")),
        tuple(_short(formats, row.month.number) for row in rows),
        (
            Series(formats.word(N_("Net production")), tuple(row.net_minor for row in rows)),
            Series(formats.word(N_("Net receipts")), tuple(row.receipts_minor for row in rows)),
        ),
        Kind.MONEY,
    )


def receivables(report: MonthEnd, formats: Formats) -> Chart:
    """Receivables at the end of each business day."""
    return Chart(
        ChartKind.LINE,
        formats.word(N_("Receivables at the end of each day")),
        tuple(str(row.on.day) for row in report.days),
        (Series(formats.word(N_("Receivables")), tuple(row.ending_minor for row in report.days)),),
        Kind.MONEY,
    )


def providers(report: MonthEnd, formats: Formats) -> Chart:
    """Net production by provider, largest first."""
    return net_by_provider(report.providers, formats)


def net_by_provider(producers: Sequence[ProviderRow], formats: Formats) -> Chart:
    """Describe the same from rows alone."""
    rows = [row for row in producers if row.net_minor > 0]
    return Chart(
        ChartKind.SORTED_BARS,
        formats.word(N_("Net production by provider")),
        tuple(row.name or formats.word(N_("Unattributed")) for row in rows),
        (Series(formats.word(N_("Net production")), tuple(row.net_minor for row in rows)),),
        Kind.MONEY,
    )


def methods(report: MonthEnd, formats: Formats) -> Chart:
    """Money received by method, largest first."""
    return Chart(
        ChartKind.SORTED_BARS,
        formats.word(N_("Received by method")),
        tuple(formats.word(METHOD_WORDS.get(r.method, r.method)) for r in report.methods),
        (Series(formats.word(N_("Received")), tuple(row.amount_minor for row in report.methods)),),
        Kind.MONEY,
    )


def aging(report: MonthEnd, formats: Formats) -> Chart:
    """Receivables by age of the service."""
    return Chart(
        ChartKind.BARS,
        formats.word(N_("Receivables by age of the service")),
        tuple(formats.word(label) for label in AGES),
        (Series(formats.word(N_("Receivables")), tuple(report.buckets)),),
        Kind.MONEY,
    )


def _short(formats: Formats, month: int) -> str:
    return str(formats.locale.months["stand-alone"]["abbreviated"][month])
