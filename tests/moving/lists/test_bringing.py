# SPDX-License-Identifier: Apache-2.0
"""Three lists with mistakes in them, mended and brought in; repeated without effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook

from clinicdesk.kernel.refusals import NotAllowed, Refusal
from clinicdesk.moving import lists
from clinicdesk.moving.lists import BAD, FORMATS, LEFT, LIKELY, TAKEN, Choices, ListReport
from clinicdesk.moving.lists.mapping import BadMapping, ListMapping, NoMapping, TwoColumns
from clinicdesk.patients.model import Demographics, RegisterPatient
from tests.support.clinics import an_actor
from tests.support.whole_clinics import WholeClinic, a_whole_clinic

PEOPLE = """\
Pat-Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Handy;E-Mail;Krankenkasse;Allergien
1;Müller;Jürgen;13.02.1950;m;0171 2345678;j@x.de;AOK;Penicillin
2;Groß;Änne;31.02.1960;w;;;AOK;
3;;Ohne;01.01.1970;w;;;;
4;Schmidt;Eva;05.06.82;sächlich;123;kaputt;TK;
1;Müller;Jürgen;13.02.1950;m;0171 2345678;j@x.de;AOK;Penicillin
9;Müller;Jürgen;13.02.1950;m;;;;
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[WholeClinic]:
    made = a_whole_clinic(tmp_path)
    yield made
    made.records.close()


def _bring(
    clinic: WholeClinic,
    form: str,
    path: Path,
    *,
    good_lines: bool = False,
    likely_too: bool = False,
    dry_run: bool = False,
    mapping: ListMapping | None = None,
) -> tuple[lists.OpenedList, ListReport]:
    opened = lists.open_list(clinic, FORMATS[form], path, clinic.actor)
    report = lists.bring_in(
        clinic,
        opened,
        mapping or opened.mapping,
        clinic.actor,
        choices=Choices(good_lines, likely_too),
        dry_run=dry_run,
    )
    return opened, report


def _count(clinic: WholeClinic, table: str) -> int:
    with clinic.records.read() as reading:
        return int(reading.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() or 0)  # noqa: S608


def _written(clinic: WholeClinic) -> int:
    """Return how much was ever written: every unit of work leaves audit rows."""
    return _count(clinic, "audit")


def _outcomes(report: ListReport) -> list[tuple[int, str]]:
    return [(told.line, told.outcome) for told in report.outcomes]


def _list(tmp_path: Path, text: str, encoding: str = "cp1252", name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_trial_tells_of_every_line_and_writes_nothing(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    before = _written(clinic)
    _opened, report = _bring(clinic, "patients", _list(tmp_path, PEOPLE), dry_run=True)
    assert _outcomes(report) == [
        (2, TAKEN), (3, BAD), (4, BAD), (5, TAKEN), (6, LEFT), (7, LIKELY),
    ]  # fmt: skip
    assert _written(clinic) == before
    told = report.as_dict()
    assert told["kinds"]["patients"]["read"] == 6
    assert (told["bad"], told["likely_duplicates"], told["refused"]) == (2, 1, True)
    assert "sächlich" in report.outcomes[3].said()
    assert "1982" in report.outcomes[3].said()
    assert "line 2" in report.outcomes[5].said()


def test_all_or_nothing_is_nothing_while_a_line_is_bad(clinic: WholeClinic, tmp_path: Path) -> None:
    before = _written(clinic)
    _opened, report = _bring(clinic, "patients", _list(tmp_path, PEOPLE))
    assert report.refused
    assert report.as_dict()["kinds"]["patients"]["taken"] == 0
    assert _written(clinic) == before


def test_good_lines_first_then_the_mended_ones_then_nothing_any_more(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = _list(tmp_path, PEOPLE)
    opened, report = _bring(clinic, "patients", path, good_lines=True)
    assert _count(clinic, "patient") == 2
    assert _count(clinic, "payer") == 2
    assert _count(clinic, "coverage") == 2
    assert _count(clinic, "alert") == 1
    errors = tmp_path / "errors.csv"
    assert lists.write_errors(opened, report, errors) == 3
    text = errors.read_text("cp1252")
    assert text.splitlines()[0].startswith("Pat-Nr;Nachname")
    assert "3: has no date that can be read: 31.02.1960" in text
    errors.write_text(
        text.replace("31.02.1960", "28.02.1960", 1).replace("3;;Ohne", "3;Kurz;Ohne"), "cp1252"
    )
    opened, report = _bring(clinic, "patients", errors, likely_too=True)
    assert opened.remembered
    assert [told.outcome for told in report.outcomes] == [TAKEN, TAKEN, TAKEN]
    assert _count(clinic, "patient") == 5
    for again in (path, errors):
        before = _written(clinic)
        _opened, report = _bring(clinic, "patients", again, good_lines=True)
        assert report.count(TAKEN) == 0
        assert _written(clinic) == before


def test_people_who_are_perhaps_here_are_listed_and_not_merged(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    who = Demographics("Mueller", "Jurgen", born_on=date(1950, 2, 13))
    clinic.patients.register(RegisterPatient(who), clinic.actor)
    path = _list(tmp_path, "Nachname;Vorname;Geburtsdatum\nMuller;Jürgen;13.02.1950\n")
    _opened, report = _bring(clinic, "patients", path)
    assert _outcomes(report) == [(2, LIKELY)]
    assert "chart 1" in report.outcomes[0].said()
    assert _count(clinic, "patient") == 1
    _bring(clinic, "patients", path, likely_too=True)
    assert _count(clinic, "patient") == 2


def test_chart_numbers_brought_along_are_never_given_out_again(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    text = "Kartennummer;Nachname\n2;Alt\n;Neu\n3;Uralt\n"
    _opened, report = _bring(clinic, "patients", _list(tmp_path, text))
    assert report.count(TAKEN) == 3
    clinic.patients.register(RegisterPatient(Demographics("Späte")), clinic.actor)
    with clinic.records.read() as reading:
        charts = reading.execute(sa.text("SELECT family_name, chart_number FROM patient"))
        assert {row.family_name: row.chart_number for row in charts} == {
            "Alt": "2", "Neu": "1", "Uralt": "3", "Späte": "4",
        }  # fmt: skip


def test_without_numbers_a_line_is_known_by_what_it_says(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    text = "Surname,First name,DOB\nNovak,Ana,1980-01-02\nNovak,Ana,1980-01-02\n"
    _opened, report = _bring(clinic, "patients", _list(tmp_path, text, "utf-16"))
    assert _outcomes(report) == [(2, TAKEN), (3, LEFT)]
    moved = _list(tmp_path, text, "utf-8", "other name.csv")
    _opened, report = _bring(clinic, "patients", moved)
    assert _outcomes(report) == [(2, LEFT), (3, LEFT)]


def test_days_that_read_both_ways_are_asked(clinic: WholeClinic, tmp_path: Path) -> None:
    path = _list(tmp_path, "Surname,First name,DOB\nNovak,Ana,03/04/1980\n")
    opened = lists.open_list(clinic, FORMATS["patients"], path, clinic.actor)
    with pytest.raises(lists.OrderOpen, match="03/04/1980"):
        lists.bring_in(clinic, opened, opened.mapping, clinic.actor)
    said = ListMapping(opened.mapping.columns, day_order="mdy")
    lists.bring_in(clinic, opened, said, clinic.actor)
    with clinic.records.read() as reading:
        assert reading.execute(sa.text("SELECT born_on FROM patient")).scalar() == "1980-03-04"


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


def _workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_of_prices_with_mistakes(clinic: WholeClinic, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "preise.xlsx", FEES)
    opened, report = _bring(clinic, "fees", path, good_lines=True)
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
    before = _written(clinic)
    _bring(clinic, "fees", path, good_lines=True)
    assert _written(clinic) == before


def test_a_changed_price_is_told_and_begins_today(clinic: WholeClinic, tmp_path: Path) -> None:
    first = _list(tmp_path, "Code;Text;Preis\nA1;Beratung;10,00\n")
    _bring(clinic, "fees", first)
    second = _list(tmp_path, "Code;Text;Preis\nA1;Beratung;11,00\n", name="b.csv")
    _opened, report = _bring(clinic, "fees", second)
    assert "changes the price of A1" in report.outcomes[0].said()
    _opened, report = _bring(clinic, "fees", first)
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
    path = _list(tmp_path, STOCK, "utf-8-sig")
    _opened, report = _bring(clinic, "stock", path, good_lines=True)
    assert [told.outcome for told in report.outcomes] == [
        TAKEN, TAKEN, TAKEN, BAD, BAD, BAD, LEFT, TAKEN,
    ]  # fmt: skip
    assert report.stock_minor == 200 * 5 + 15 * 1250
    levels = {row.item.name: row for row in clinic.stock.levels(clinic.actor)}
    assert levels["Vaccine"].value_minor == 15 * 1250
    with clinic.records.read() as reading:
        assert all(check.holds for check in clinic.stock.checks(reading))
    before = _written(clinic)
    _bring(clinic, "stock", path, good_lines=True)
    assert _written(clinic) == before
    mended = _list(tmp_path, STOCK.replace("Vaccine,dose,5,,,", "Vaccine,dose,5,A3,,"), "utf-8")
    _opened, report = _bring(clinic, "stock", mended, good_lines=True)
    assert [told.line for told in report.outcomes if told.outcome == TAKEN] == [5]


def test_staff_are_taken_on_with_roles_and_hours(clinic: WholeClinic, tmp_path: Path) -> None:
    text = (
        "Mitarbeiter;Funktion;Wochenstunden;Behandler\nMeier, Ute;MFA;38,5;nein\n"
        "Dr. Ana Novak;Ärztin;20;\nUte Meier;MFA;38,5;nein\nKai;Hausmeister;5;vielleicht\n"
    )
    _opened, report = _bring(clinic, "staff", _list(tmp_path, text), good_lines=True)
    assert [told.outcome for told in report.outcomes] == [TAKEN, TAKEN, LEFT, BAD]
    members = {row.name: row for row in clinic.staff.members(clinic.actor)}
    assert members["Ute Meier"].role == "assistant"
    assert members["Ute Meier"].weekly_minutes == 38 * 60 + 30
    assert members["Dr. Ana Novak"].is_provider


def test_what_somebody_corrected_is_offered_for_the_next_list(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = _list(tmp_path, "A;B\nNovak;Ana\nMeier;Ute\n")
    mapping = ListMapping({"A": "family_name", "B": "given_name"})
    _bring(clinic, "patients", path, mapping=mapping)
    other = _list(tmp_path, "B;A\nEva;Schmidt\n", name="next.csv")
    opened = lists.open_list(clinic, FORMATS["patients"], other, clinic.actor)
    assert opened.remembered
    assert dict(opened.mapping.columns) == dict(mapping.columns)


def test_a_workbook_as_people_keep_them_is_understood(clinic: WholeClinic, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Patientenliste Praxis Dr. Alt, Stand 25.11.2026"],
        [],
        ["Nr", "Name", "Geb.", "Tel", "Strasse", "Saldo"],
        [1, "Müller, Jürgen", date(1950, 2, 13), 491712345678, "Hauptstr. 1", 12.5],
        [2, "Dr. Eva Schmidt", datetime(1960, 3, 4), "030/1234567", "Weg 2", "=F4*2"],  # noqa: DTZ001
        [3, "Kurz"],
        [None, "Summe", None, None, None, "=SUM(F4:F5)"],
    ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    opened, report = _bring(clinic, "patients", tmp_path / "a.xlsx")
    assert opened.mapping.columns["Name"] == "full_name"
    assert _outcomes(report) == [(4, TAKEN), (5, TAKEN), (6, TAKEN), (7, LEFT)]
    assert [told.about for told in report.outcomes] == [
        "Müller, Jürgen", "Schmidt, Eva", "Kurz", "Summe",
    ]  # fmt: skip
    hit = clinic.patients.search("491712345678", clinic.actor)[0]
    assert hit.born_on == date(1950, 2, 13)


def test_a_mapping_is_kept_while_the_list_is_away_to_be_mended(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    opened = lists.open_list(
        clinic, FORMATS["patients"], _list(tmp_path, "A;B\nNovak;Ana\n"), clinic.actor
    )
    for field in ("family_name", "given_name"):
        lists.remember(clinic, opened, ListMapping({"A": field}), clinic.actor)
    again = lists.open_list(clinic, FORMATS["patients"], opened.table.path, clinic.actor)
    assert again.remembered
    assert dict(again.mapping.columns) == {"A": "given_name"}


def test_a_mapping_that_cannot_be_is_refused(clinic: WholeClinic, tmp_path: Path) -> None:
    opened = lists.open_list(
        clinic, FORMATS["patients"], _list(tmp_path, "A;B;C\nx;y;z\n"), clinic.actor
    )
    with pytest.raises(NoMapping):
        lists.open_points(opened, ListMapping({"A": "given_name"}))
    columns = {"A": "family_name", "B": "born_on", "C": "born_on"}
    with pytest.raises(TwoColumns):
        lists.open_points(opened, ListMapping(columns))
    for text in ("", "[]", '{"columns": {"A": "shoe size"}}', '{"columns": {}, "decimal": "x"}'):
        with pytest.raises(BadMapping):
            lists.mapping_of(text, FORMATS["patients"], "m.json")


def test_without_the_right_nothing_is_even_read(clinic: WholeClinic, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        lists.open_list(clinic, FORMATS["staff"], tmp_path / "none", an_actor("staff.edit"))


def test_cancelling_while_it_is_checked_writes_nothing(clinic: WholeClinic, tmp_path: Path) -> None:
    opened = lists.open_list(clinic, FORMATS["patients"], _list(tmp_path, PEOPLE), clinic.actor)
    before = _written(clinic)
    report = lists.bring_in(
        clinic, opened, opened.mapping, clinic.actor,
        choices=Choices(good_lines=True), cancelled=lambda: True,
    )  # fmt: skip
    assert report.cancelled
    assert _written(clinic) == before


def test_a_failure_while_writing_leaves_nothing_behind(clinic: WholeClinic, tmp_path: Path) -> None:
    opened = lists.open_list(clinic, FORMATS["stock"], _list(tmp_path, STOCK), clinic.actor)
    before = _written(clinic), _count(clinic, "item"), _count(clinic, "movement")

    def fall(done: int, _total: int, words: str) -> None:
        if words == "Writing" and done == 2:
            raise KeyError(done)

    with pytest.raises(KeyError):
        lists.bring_in(
            clinic, opened, opened.mapping, clinic.actor,
            choices=Choices(good_lines=True), progress=fall,
        )  # fmt: skip
    assert before == (_written(clinic), _count(clinic, "item"), _count(clinic, "movement"))


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_tried_within_memory(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id;surname;first name;dob;phone\n")
        for n in range(100_000):
            file.write(f"{n};Family{n};Given;{1 + n % 28:02}.{1 + n % 12:02}.1980;0{n:09}\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _opened, report = _bring(clinic, "patients", path, dry_run=True, likely_too=True)
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert report.count(TAKEN) == 100_000
    assert grown_kib < 384 << 10


def test_any_refusal_of_a_department_is_a_line_to_be_mended(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = _list(tmp_path, "Surname,First name,DOB\nNovak,Ana,2080-01-02\n")
    _opened, report = _bring(clinic, "patients", path)
    assert report.outcomes[0].said() == "The date of birth lies in the future."
    assert issubclass(BadMapping, Refusal)
