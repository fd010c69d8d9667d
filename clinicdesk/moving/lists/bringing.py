# SPDX-License-Identifier: Apache-2.0
"""Looks at a list, tries it, and brings it in: all in one transaction, after everything is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from clinicdesk.exchange.tabular import Record, Table, as_text, open_table
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.refusals import Refusal, StaleCopy
from clinicdesk.moving import identifiers
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists import amounts, days
from clinicdesk.moving.lists.fields import FEES, PATIENTS, STOCK, ListFormat, Sort
from clinicdesk.moving.lists.guessing import guess, values_of, with_notations
from clinicdesk.moving.lists.looking import Look, data_of, look_at
from clinicdesk.moving.lists.mapping import ListMapping, OrderOpen, SignOpen, fingerprint
from clinicdesk.moving.lists.members import MemberPlan
from clinicdesk.moving.lists.people import PatientPlan
from clinicdesk.moving.lists.planning import Choices, Known, Plan
from clinicdesk.moving.lists.prices import PricePlan
from clinicdesk.moving.lists.report import BAD, LEFT, TOTAL, LineOutcome, ListReport
from clinicdesk.moving.lists.rows import Bad, Notation, Row
from clinicdesk.moving.lists.shelves import ShelfPlan
from clinicdesk.moving.lists.sources import keep_mapping, kept_mapping, source_of
from clinicdesk.moving.lists.words import is_total
from clinicdesk.moving.rights import MAY_IMPORT, Cancelled, Progress, never, silent
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import _

_STEP: Final = 500


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list that was looked at, with what is offered for its columns.

    Attributes:
        told: how the file was understood, for a person.
        remembered: whether the mapping is that of an earlier list of the same kind.
        print_of: what tells lists of one program from another's.
    """

    form: ListFormat
    table: Table
    look: Look
    mapping: ListMapping
    told: str
    remembered: bool
    print_of: str


def open_list(
    clinic: Clinic,
    form: ListFormat,
    path: Path,
    actor: Actor,
    progress: Progress = silent,
) -> OpenedList:
    """Look at a list and offer a mapping: the one kept for lists like it, or a guess.

    Raises:
        Refusal: the file cannot be read, or holds no list.
    """
    actor.require(MAY_IMPORT)
    table = open_table(path)
    look = look_at(table, progress)
    print_of = fingerprint(form, look.heads)
    with clinic.records.read() as reading:
        kept = kept_mapping(reading, form, print_of)
    mapping = guess(form, look, kept)
    return OpenedList(form, table, look, mapping, table.told, kept is not None, print_of)


def remember(clinic: Clinic, opened: OpenedList, mapping: ListMapping, actor: Actor) -> None:
    """Keep a mapping before anything is brought in: the list goes out to be mended first."""
    actor.require(MAY_IMPORT)
    with clinic.records.write(actor, "moving.keep_mapping") as work:
        keep_mapping(work, opened.form, opened.print_of, mapping)
        work.record("list", None, after={"source": source_of(opened.form, opened.print_of)})


def open_points(opened: OpenedList, mapping: ListMapping) -> ListMapping:
    """Return a mapping with what the values tell, ready to be used.

    Raises:
        Refusal: a field is missing, or something must be decided by a person: ``OrderOpen`` for
            the order of day and month, ``SignOpen`` for the sign before cents.
    """
    form, look = opened.form, opened.look
    mapping.check(form, look.heads)
    mapping = with_notations(form, look, mapping)
    if not mapping.day_order:
        told = days.guess_order(values_of(form, look, mapping, Sort.DAY))
        if told.is_open:
            raise OrderOpen(example=told.example)
    if not mapping.decimal:
        told_amounts = values_of(form, look, mapping, Sort.MONEY, Sort.WHOLE, Sort.HOURS)
        example = amounts.is_open(told_amounts)
        if example:
            raise SignOpen(example=example)
    return mapping


def bring_in(
    clinic: Clinic,
    opened: OpenedList,
    mapping: ListMapping,
    actor: Actor,
    *,
    choices: Choices | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> ListReport:
    """Check every line, and write what is to be taken, in one transaction.

    Args:
        clinic: where to.
        opened: the list.
        mapping: what its columns are.
        actor: needs the right to import.
        choices: all or nothing, unless they say otherwise.
        dry_run: check and report only.
        progress: told (done, total, words).
        cancelled: asked before the transaction begins; never inside it.

    Raises:
        Refusal: the mapping cannot be used, or the file cannot be read any more.
    """
    actor.require(MAY_IMPORT)
    choices = choices or Choices()
    mapping = open_points(opened, mapping)
    form, path = opened.form, opened.table.path
    report = ListReport(
        form.id,
        clinic.records.profile.currency.code,
        dry_run,
        file=path.name,
        kind=form.kind,
        mapping=mapping,
    )
    report.expect(form.kind)
    source = source_of(form, opened.print_of)
    with clinic.records.read() as reading:
        known = identifiers.known(reading, source)
        plan = _plan(form, reading, known, choices)
        notation = _notation(form, mapping, clinic, reading)
    if not _check(opened, plan, notation, report, (progress, cancelled)) or cancelled():
        return replace(report, cancelled=True)
    report.refused = bool(report.count(BAD)) and not choices.good_lines
    if not (dry_run or report.refused or not report.taken):
        with clinic.records.write(actor, f"moving.import_{form.id}") as work:
            if identifiers.known(work, source) != known:
                raise StaleCopy  # somebody else imported meanwhile
            _write(work, clinic, opened, plan, report, progress)
    progress(opened.look.rows, opened.look.rows, _("Done"))
    return report


def _check(
    opened: OpenedList,
    plan: Plan,
    notation: Notation,
    report: ListReport,
    watch: tuple[Progress, Cancelled],
) -> bool:
    """Check every line; tell whether nobody cancelled."""
    heads, (progress, cancelled) = opened.look.heads, watch
    columns = {
        field.key: tuple(heads.index(head) for head in report.mapping.heads_of(field.key))
        for field in opened.form.fields
    }
    for done, record in enumerate(data_of(opened.table, opened.look)):
        if done % _STEP == 0:
            progress(done, opened.look.rows, _("Checking"))
            if cancelled():
                return False
        row = Row(record, columns, notation)
        try:
            told = _total(record) or plan.check(row)
        except Bad as bad:
            told = LineOutcome(row.line, BAD, _about(record), bad.reason, bad.value)
        except Refusal as refusal:
            words = _(refusal.wording).format_map(refusal.fields)
            told = LineOutcome(row.line, BAD, _about(record), "{value}", words)
        report.add(told)
    return True


def _total(record: Record) -> LineOutcome | None:
    """Return what becomes of a line that only adds others up; None for all others."""
    texts = [as_text(cell) for cell in record.cells if isinstance(cell, str) and cell.strip()]
    texts = [text for text in texts if not amounts.looks_like_number(text)]
    return LineOutcome(record.line, LEFT, texts[0], TOTAL) if is_total(texts) else None


def _about(record: Record) -> str:
    """Say which line it is by its beginning: what it is about could not be read."""
    return " ".join(filter(None, (record.text(column) for column in range(4))))[:60]


def _write(
    work: UnitOfWork,
    clinic: Clinic,
    opened: OpenedList,
    plan: Plan,
    report: ListReport,
    progress: Progress,
) -> None:
    source = source_of(opened.form, opened.print_of)
    progress(0, report.taken, _("Writing"))
    report.stock_minor = plan.write(
        work,
        clinic,
        lambda kind, ids: identifiers.keep(work, source, kind, ids),
        lambda done, of: progress(done, of, _("Writing")),
    )
    keep_mapping(work, opened.form, opened.print_of, report.mapping)
    work.record(
        "import", None, after={"source": source, "taken": report.taken, "file": report.file}
    )


def _plan(form: ListFormat, reading: Reading, known: Known, choices: Choices) -> Plan:
    if form is PATIENTS:
        return PatientPlan(reading, known, choices)
    if form is FEES:
        return PricePlan(reading, known)
    return ShelfPlan(reading, known) if form is STOCK else MemberPlan(reading, known)


def _notation(form: ListFormat, mapping: ListMapping, clinic: Clinic, reading: Reading) -> Notation:
    return Notation(
        mapping.day_order,
        mapping.decimal,
        reading.today,
        clinic.records.profile.currency.decimals,
        {field.key: _(field.title) for field in form.fields},
    )
