# SPDX-License-Identifier: Apache-2.0
"""Prices, supplies and staff: lists with mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clinicdesk.moving import lists
from clinicdesk.moving.lists import BAD, FORMATS, LEFT, TAKEN, Choices
from tests.moving.lists.hands import a_list, a_workbook, bring, count, written
from tests.support.whole_clinics import WholeClinic

FEES = [
    ["Code", "Leistung", "Preis", "MwSt"],
    ["a1", "Beratung", "12,50", ""],
    ["A2", "Besuch", "1.250,00 €", ""],
    ["A2", "Besuch", "1.250,00 €", ""],
    ["A2", "Besuch", "99,00", ""],
    ["A3", "", "5,00", ""],
    ["A4", "Rabatt", "-5,00", ""],
    ["A5", "Feines", "0,005", ""],
    ["A6", "Steuer", "1,00", "V19"],
]


def test_a_spreadsheet_of_prices_with_mistakes(clinic: WholeClinic, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "preise.xlsx", FEES)
    opened, report = bring(clinic, "fees", path, good_lines=True)
    assert [told.outcome for told in report.outcomes] == [
        TAKEN, TAKEN, LEFT, BAD, BAD, BAD, BAD, BAD,
    ]  # fmt: skip
    rows = clinic.billing.fees("", clinic.actor)
    assert {(row.code, row.amount_minor) for row in rows} == {("A1", 1250), ("A2", 125000)}
    errors = tmp_path / "mend.xlsx"
    assert lists.write_errors(opened, report, errors) == 5
    sheet = load_workbook(errors).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["A2", "Besuch", "99,00"]
    before = written(clinic)
    bring(clinic, "fees", path, good_lines=True)
    assert written(clinic) == before


def test_a_changed_price_is_told_and_begins_today(clinic: WholeClinic, tmp_path: Path) -> None:
    first = a_list(tmp_path, "Code;Text;Preis\nA1;Beratung;10,00\n")
    bring(clinic, "fees", first)
    second = a_list(tmp_path, "Code;Text;Preis\nA1;Beratung;11,00\n", name="b.csv")
    _opened, report = bring(clinic, "fees", second)
    assert "changes the price of A1" in report.outcomes[0].said()
    _opened, report = bring(clinic, "fees", first)
    assert report.count(TAKEN) == 0, "what was taken in once is not taken in again"
    assert clinic.billing.fees("", clinic.actor)[0].amount_minor == 1100


STOCK = """\
Item,Unit,Qty,Batch,Expiry,Location,Unit cost,Min,Max
Gloves,piece,200,,,Room 1,0.05,50,400
Vaccine,dose,10,A1,31/12/2027,Fridge,12.50,5,20
Vaccine,dose,5,A2,30/11/2025,Fridge,12.50,5,20
Vaccine,dose,5,,,Fridge,12.50,5,20
Syringe,piece,1.5,,,Room 1,0.10,,
Needle,piece,10,,,Room 1,,20,10
Gloves,piece,200,,,Room 1,0.05,50,400
Swab,,3,,,,,,
"""


def test_supplies_with_lots_are_put_on_shelves_and_in_the_ledger(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = a_list(tmp_path, STOCK, "utf-8-sig")
    _opened, report = bring(clinic, "stock", path, good_lines=True)
    assert [told.outcome for told in report.outcomes] == [
        TAKEN, TAKEN, TAKEN, BAD, BAD, BAD, LEFT, TAKEN,
    ]  # fmt: skip
    assert report.stock_minor == 200 * 5 + 15 * 1250
    levels = {row.item.name: row for row in clinic.stock.levels(clinic.actor)}
    assert levels["Vaccine"].value_minor == 15 * 1250
    with clinic.records.read() as reading:
        assert all(check.holds for check in clinic.stock.checks(reading))
    before = written(clinic)
    bring(clinic, "stock", path, good_lines=True)
    assert written(clinic) == before
    mended = a_list(tmp_path, STOCK.replace("Vaccine,dose,5,,,", "Vaccine,dose,5,A3,,"), "utf-8")
    _opened, report = bring(clinic, "stock", mended, good_lines=True)
    assert [told.line for told in report.outcomes if told.outcome == TAKEN] == [5]


def test_staff_are_taken_on_with_roles_and_hours(clinic: WholeClinic, tmp_path: Path) -> None:
    text = (
        "Mitarbeiter;Funktion;Wochenstunden;Behandler\nMeier, Ute;MFA;38,5;nein\n"
        "Dr. Ana Novak;Ärztin;20;\nUte Meier;MFA;38,5;nein\nKai;Hausmeister;5;vielleicht\n"
    )
    _opened, report = bring(clinic, "staff", a_list(tmp_path, text), good_lines=True)
    assert [told.outcome for told in report.outcomes] == [TAKEN, TAKEN, LEFT, BAD]
    members = {row.name: row for row in clinic.staff.members(clinic.actor)}
    assert members["Ute Meier"].role == "assistant"
    assert members["Ute Meier"].weekly_minutes == 38 * 60 + 30
    assert members["Dr. Ana Novak"].is_provider


def test_a_failure_while_writing_leaves_nothing_behind(clinic: WholeClinic, tmp_path: Path) -> None:
    opened = lists.open_list(clinic, FORMATS["stock"], a_list(tmp_path, STOCK), clinic.actor)
    before = written(clinic), count(clinic, "item"), count(clinic, "movement")

    def fall(done: int, _total: int, words: str) -> None:
        if words == "Writing" and done == 2:
            raise KeyError(done)

    with pytest.raises(KeyError):
        lists.bring_in(
            clinic, opened, opened.mapping, clinic.actor,
            choices=Choices(good_lines=True), progress=fall,
        )  # fmt: skip
    assert before == (written(clinic), count(clinic, "item"), count(clinic, "movement"))
