# SPDX-License-Identifier: Apache-2.0
"""Three lists with mistakes in them, mended and brought in; repeated without effect."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from clinicdesk.kernel.refusals import NotAllowed, Refusal
from clinicdesk.moving import lists
from clinicdesk.moving.lists import BAD, FORMATS, LEFT, LIKELY, TAKEN, Choices
from clinicdesk.moving.lists.mapping import BadMapping, ListMapping, NoMapping, TwoColumns
from clinicdesk.patients.model import Demographics, RegisterPatient
from tests.moving.lists.hands import a_list, bring, count, outcomes, written
from tests.support.clinics import an_actor
from tests.support.whole_clinics import WholeClinic

PEOPLE = """\
Pat-Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Handy;E-Mail;Krankenkasse;Allergien
1;Müller;Jürgen;13.02.1950;m;0171 2345678;j@x.de;AOK;Penicillin
2;Groß;Änne;31.02.1960;w;;;AOK;
3;;Ohne;01.01.1970;w;;;;
4;Schmidt;Eva;05.06.82;sächlich;123;kaputt;TK;
1;Müller;Jürgen;13.02.1950;m;0171 2345678;j@x.de;AOK;Penicillin
9;Müller;Jürgen;13.02.1950;m;;;;
"""


def test_a_trial_tells_of_every_line_and_writes_nothing(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    before = written(clinic)
    _opened, report = bring(clinic, "patients", a_list(tmp_path, PEOPLE), dry_run=True)
    assert outcomes(report) == [
        (2, TAKEN), (3, BAD), (4, BAD), (5, TAKEN), (6, LEFT), (7, LIKELY),
    ]  # fmt: skip
    assert written(clinic) == before
    told = report.as_dict()
    assert told["kinds"]["patients"]["read"] == 6
    assert (told["bad"], told["likely_duplicates"], told["refused"]) == (2, 1, True)
    assert "sächlich" in report.outcomes[3].said()
    assert "1982" in report.outcomes[3].said()
    assert "line 2" in report.outcomes[5].said()


def test_all_or_nothing_is_nothing_while_a_line_is_bad(clinic: WholeClinic, tmp_path: Path) -> None:
    before = written(clinic)
    _opened, report = bring(clinic, "patients", a_list(tmp_path, PEOPLE))
    assert report.refused
    assert report.as_dict()["kinds"]["patients"]["taken"] == 0
    assert written(clinic) == before


def test_good_lines_first_then_the_mended_ones_then_nothing_any_more(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = a_list(tmp_path, PEOPLE)
    opened, report = bring(clinic, "patients", path, good_lines=True)
    assert count(clinic, "patient") == 2
    assert count(clinic, "payer") == 2
    assert count(clinic, "coverage") == 2
    assert count(clinic, "alert") == 1
    errors = tmp_path / "errors.csv"
    assert lists.write_errors(opened, report, errors) == 3
    text = errors.read_text("cp1252")
    assert text.splitlines()[0].startswith("Pat-Nr;Nachname")
    assert "3: has no date that can be read: 31.02.1960" in text
    errors.write_text(
        text.replace("31.02.1960", "28.02.1960", 1).replace("3;;Ohne", "3;Kurz;Ohne"), "cp1252"
    )
    opened, report = bring(clinic, "patients", errors, likely_too=True)
    assert opened.remembered
    assert [told.outcome for told in report.outcomes] == [TAKEN, TAKEN, TAKEN]
    assert count(clinic, "patient") == 5
    for again in (path, errors):
        before = written(clinic)
        _opened, report = bring(clinic, "patients", again, good_lines=True)
        assert report.count(TAKEN) == 0
        assert written(clinic) == before


def test_people_who_are_perhaps_here_are_listed_and_not_merged(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    who = Demographics("Mueller", "Jurgen", born_on=date(1950, 2, 13))
    clinic.patients.register(RegisterPatient(who), clinic.actor)
    path = a_list(tmp_path, "Nachname;Vorname;Geburtsdatum\nMuller;Jürgen;13.02.1950\n")
    _opened, report = bring(clinic, "patients", path)
    assert outcomes(report) == [(2, LIKELY)]
    assert "chart 1" in report.outcomes[0].said()
    assert count(clinic, "patient") == 1
    bring(clinic, "patients", path, likely_too=True)
    assert count(clinic, "patient") == 2


def test_chart_numbers_brought_along_are_never_given_out_again(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    text = "Kartennummer;Nachname\n2;Alt\n;Neu\n3;Uralt\n"
    _opened, report = bring(clinic, "patients", a_list(tmp_path, text))
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
    _opened, report = bring(clinic, "patients", a_list(tmp_path, text, "utf-16"))
    assert outcomes(report) == [(2, TAKEN), (3, LEFT)]
    moved = a_list(tmp_path, text, "utf-8", "other name.csv")
    _opened, report = bring(clinic, "patients", moved)
    assert outcomes(report) == [(2, LEFT), (3, LEFT)]


def test_days_that_read_both_ways_are_asked(clinic: WholeClinic, tmp_path: Path) -> None:
    path = a_list(tmp_path, "Surname,First name,DOB\nNovak,Ana,03/04/1980\n")
    opened = lists.open_list(clinic, FORMATS["patients"], path, clinic.actor)
    with pytest.raises(lists.OrderOpen, match="03/04/1980"):
        lists.bring_in(clinic, opened, opened.mapping, clinic.actor)
    said = ListMapping(opened.mapping.columns, day_order="mdy")
    lists.bring_in(clinic, opened, said, clinic.actor)
    with clinic.records.read() as reading:
        assert reading.execute(sa.text("SELECT born_on FROM patient")).scalar() == "1980-03-04"


def test_what_somebody_corrected_is_offered_for_the_next_list(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = a_list(tmp_path, "A;B\nNovak;Ana\nMeier;Ute\n")
    mapping = ListMapping({"A": "family_name", "B": "given_name"})
    bring(clinic, "patients", path, mapping=mapping)
    other = a_list(tmp_path, "B;A\nEva;Schmidt\n", name="next.csv")
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
    opened, report = bring(clinic, "patients", tmp_path / "a.xlsx")
    assert opened.mapping.columns["Name"] == "full_name"
    assert outcomes(report) == [(4, TAKEN), (5, TAKEN), (6, TAKEN), (7, LEFT)]
    assert [told.about for told in report.outcomes] == [
        "Müller, Jürgen", "Schmidt, Eva", "Kurz", "Summe",
    ]  # fmt: skip
    hit = clinic.patients.search("491712345678", clinic.actor)[0]
    assert hit.born_on == date(1950, 2, 13)


def test_a_mapping_is_kept_while_the_list_is_away_to_be_mended(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    opened = lists.open_list(
        clinic, FORMATS["patients"], a_list(tmp_path, "A;B\nNovak;Ana\n"), clinic.actor
    )
    for field in ("family_name", "given_name"):
        lists.remember(clinic, opened, ListMapping({"A": field}), clinic.actor)
    again = lists.open_list(clinic, FORMATS["patients"], opened.table.path, clinic.actor)
    assert again.remembered
    assert dict(again.mapping.columns) == {"A": "given_name"}


def test_a_mapping_that_cannot_be_is_refused(clinic: WholeClinic, tmp_path: Path) -> None:
    opened = lists.open_list(
        clinic, FORMATS["patients"], a_list(tmp_path, "A;B;C\nx;y;z\n"), clinic.actor
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
    opened = lists.open_list(clinic, FORMATS["patients"], a_list(tmp_path, PEOPLE), clinic.actor)
    before = written(clinic)
    report = lists.bring_in(
        clinic, opened, opened.mapping, clinic.actor,
        choices=Choices(good_lines=True), cancelled=lambda: True,
    )  # fmt: skip
    assert report.cancelled
    assert written(clinic) == before


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
    _opened, report = bring(clinic, "patients", path, dry_run=True, likely_too=True)
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert report.count(TAKEN) == 100_000
    assert grown_kib < 384 << 10


def test_any_refusal_of_a_department_is_a_line_to_be_mended(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    path = a_list(tmp_path, "Surname,First name,DOB\nNovak,Ana,2080-01-02\n")
    _opened, report = bring(clinic, "patients", path)
    assert report.outcomes[0].said() == "The date of birth lies in the future."
    assert issubclass(BadMapping, Refusal)
