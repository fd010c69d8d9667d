# SPDX-License-Identifier: Apache-2.0
"""What is guessed from heads and values, and what is asked instead."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicdesk.exchange.tabular import open_table
from clinicdesk.moving.lists.amounts import (
    COMMA,
    POINT,
    guess_decimal,
    is_open,
    read_minor,
    read_number,
)
from clinicdesk.moving.lists.days import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    guess_order,
    read_day,
)
from clinicdesk.moving.lists.fields import FORMATS
from clinicdesk.moving.lists.guessing import guess
from clinicdesk.moving.lists.looking import look_at
from clinicdesk.moving.lists.mapping import ListMapping

TODAY = date(2026, 11, 25)
_CALM = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _guessed(tmp_path: Path, form: str, rows: list[list[str]]) -> ListMapping:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return guess(FORMATS[form], look_at(open_table(path)))


_PEOPLE = [
    ["17", "Novak", "Ana", "13.02.1950", "w", "030 123456", "0171 2345678", "a@x.de", "10115", "B"],
    ["18", "Meier", "Ute", "01.12.1962", "m", "030 123457", "0171 2345679", "u@x.de", "10117", "C"],
]
_FIELDS = (
    *("key", "family_name", "given_name", "born_on", "gender", "phone", "mobile", "email"),
    *("postcode", "city"),
)


@pytest.mark.parametrize(
    "heads",
    [
        "Patient ID;Surname;First name;DOB;Sex;Home phone;Cell;Email address;Zip;Town",
        "Pat-Nr.;Nachname;Vorname;Geburtsdatum;Geschlecht;Tel.;Handy;E-Mail;PLZ;Ort",
        "Matricule;Nom;Prénom;Date de naissance;Sexe;Téléphone;Portable;Courriel;Code postal;Ville",
        "Nº expediente;Apellidos;Nombre;Fecha de nacimiento;Sexo;Tel;Móvil;Correo;CP;Población",
        "Patiëntnummer;Achternaam;Voornaam;Geboortedatum;Geslacht;Telefoon;Mobiel;Mail;Postcode;Stad",
        "Prontuário;Sobrenome;Prenome;Data de nascimento;Sexo;Telefone;Celular;E-mail;CEP;Cidade",
    ],
    ids=["en", "de", "fr", "es", "nl", "pt"],
)
def test_heads_of_six_languages_are_known(tmp_path: Path, heads: str) -> None:
    named = heads.split(";")
    mapping = _guessed(tmp_path, "patients", [named, *_PEOPLE])
    assert dict(mapping.columns) == dict(zip(named, _FIELDS, strict=True))
    assert mapping.day_order == DAY_FIRST


@pytest.mark.parametrize(
    ("form", "heads", "row", "fields"),
    [
        ("fees", "Ziffer;Leistung;Preis", "GOÄ 1;Beratung;12,50", "code;description;price"),
        ("fees", "CPT;Description;Fee", "99213;Visit;1,250.00", "code;description;price"),
        ("fees", "Acte;Libellé;Tarif", "C;Consultation;25,00", "code;description;price"),
        (
            "stock",
            "Artikel;Einheit;Bestand;Charge;Verfallsdatum;Lagerort;EK-Preis;Lieferant",
            "Handschuhe;Stück;200;A1;31.12.2027;Schrank;0,05;Medi",
            "name;unit;quantity;lot;expires_on;place;unit_cost;supplier",
        ),
        (
            "stock",
            "Item;Unit;On hand;Min;Max;Location",
            "Gloves;piece;20;10;30;Room 1",
            "name;unit;quantity;par_min;par_max;place",
        ),
        (
            "staff",
            "Mitarbeiter;Funktion;Wochenstunden",
            "Ute Meier;MFA;38,5",
            "name;role;weekly_hours",
        ),
        ("staff", "Nombre completo;Cargo;Horas", "Ana Ruiz;Enfermera;40", "name;role;weekly_hours"),
    ],
)
def test_other_lists_are_known_too(
    tmp_path: Path, form: str, heads: str, row: str, fields: str
) -> None:
    mapping = _guessed(tmp_path, form, [heads.split(";"), row.split(";")])
    wanted = dict(zip(heads.split(";"), fields.split(";"), strict=True))
    assert dict(mapping.columns) == wanted


def test_a_list_without_heads_is_known_by_its_values(tmp_path: Path) -> None:
    mapping = _guessed(tmp_path, "patients", _PEOPLE)
    assert {"born_on", "email", "gender"} <= set(mapping.columns.values())


def test_a_head_with_a_number_is_still_a_head(tmp_path: Path) -> None:
    rows = [["Surname", "Address line 1", "Tel 1", "Tel 2"], ["Novak", "High Street", "030", "1"]]
    assert _guessed(tmp_path, "patients", rows).columns["Surname"] == "family_name"


def test_a_title_above_the_heads_is_passed_over(tmp_path: Path) -> None:
    rows = [["Patients of 2026"], [], ["Surname", "First name", "DOB"], ["A", "B", "1980-01-02"]]
    mapping = _guessed(tmp_path, "patients", rows)
    assert dict(mapping.columns) == {
        "Surname": "family_name", "First name": "given_name", "DOB": "born_on",
    }  # fmt: skip


def test_a_column_called_name_with_whole_names_is_the_whole_name(tmp_path: Path) -> None:
    rows = [["Name", "DOB"], ["Ana Novak", "1980-01-02"], ["Ute Meier", "1981-01-02"]]
    assert _guessed(tmp_path, "patients", rows).columns["Name"] == "full_name"


@pytest.mark.parametrize(
    ("values", "order", "is_open_"),
    [
        (["13/02/1950", "01/02/1960"], DAY_FIRST, False),
        (["02/13/1950", "01/02/1960"], MONTH_FIRST, False),
        (["01/02/1960", "03/04/1961"], "", True),
        (["01.02.1960", "03.04.1961"], DAY_FIRST, False),
        (["1960-02-01"], YEAR_FIRST, False),
        (["13/02/1950", "02/13/1950"], "", True),
        (["05/05/1950"], YEAR_FIRST, False),
    ],
)
def test_the_order_of_days_is_told_by_values_or_asked(
    values: list[str], order: str, is_open_: bool
) -> None:
    told = guess_order(values)
    assert (told.order if not told.is_open else "", told.is_open) == (order, is_open_)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3.4.1980", DAY_FIRST, date(1980, 4, 3)),
        ("3/4/80", MONTH_FIRST, date(1980, 3, 4)),
        ("1980-04-03T00:00:00", "", date(1980, 4, 3)),
        ("19800403", "", date(1980, 4, 3)),
        ("3 mars 1980", "", date(1980, 3, 3)),
        ("März 3, 1980", "", date(1980, 3, 3)),
        ("3rd of March 1980", "", date(1980, 3, 3)),
        ("12-Jan-80", "", date(1980, 1, 12)),
        ("4 de abril de 1980", "", date(1980, 4, 4)),
        ("31.02.1980", DAY_FIRST, None),
        ("0.0.0000", DAY_FIRST, None),
        ("13/02/1950", MONTH_FIRST, None),
        ("3.4.198", DAY_FIRST, None),
        ("soon", DAY_FIRST, None),
    ],
)
def test_days_in_many_notations(text: str, order: str, day: date | None) -> None:
    read = read_day(text, order, TODAY)
    assert (read.day if read else None) == day


def test_two_digit_years_are_births_before_today_and_expiries_after() -> None:
    birth, expiry = (
        read_day("1.2.30", DAY_FIRST, TODAY),
        read_day("1.2.30", DAY_FIRST, TODAY, past=False),
    )
    assert birth is not None
    assert expiry is not None
    assert (birth.day.year, expiry.day.year) == (1930, 2030)


@_CALM
@given(
    st.lists(st.dates(date(1900, 1, 1), date(2026, 11, 1)), min_size=1, max_size=30),
    st.sampled_from([(DAY_FIRST, "%d{0}%m{0}%Y"), (MONTH_FIRST, "%m{0}%d{0}%Y"),
                     (YEAR_FIRST, "%Y{0}%m{0}%d")]),
    st.sampled_from("/-."),
)  # fmt: skip
def test_a_column_of_days_is_read_as_written_or_asked_about(
    days: list[date], way: tuple[str, str], sign: str
) -> None:
    order, pattern = way
    if order == MONTH_FIRST and sign == ".":
        sign = "/"
    written = [day.strftime(pattern.format(sign)) for day in days]
    told = guess_order(written)
    if told.is_open:
        assert order != YEAR_FIRST
        return
    for text, day in zip(written, days, strict=True):
        read = read_day(text, told.order if told.order != YEAR_FIRST else order, TODAY)
        assert read is not None
        assert read.day == day


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,50", COMMA, "1234.50"),
        ("1,234.50", POINT, "1234.50"),
        ("1 234,50 €", COMMA, "1234.50"),
        ("CHF 1'234.50", POINT, "1234.50"),
        ("R$ 12,00", COMMA, "12"),
        ("€ 12,-", COMMA, "12"),
        ("(12.50)", POINT, "-12.50"),
        ("12,50-", COMMA, "-12.50"),
        ("12,34,567.00", POINT, "1234567"),
        ("kr. 12,50", COMMA, "12.50"),
        ("12.50 EUR", POINT, "12.50"),
        ("A1", POINT, None),
        ("Address 1", POINT, None),
        ("1.234.56", COMMA, None),
        ("1,5", POINT, None),
        ("abc", POINT, None),
        ("", POINT, None),
        ("1e5", POINT, None),
    ],
)
def test_amounts_in_many_notations(text: str, decimal: str, value: str | None) -> None:
    assert read_number(text, decimal) == (None if value is None else Decimal(value))


def test_an_amount_is_never_rounded() -> None:
    assert read_minor("12.345", POINT, 2) is None
    assert read_minor("12.340", POINT, 2) == 1234


@pytest.mark.parametrize(
    ("values", "sign", "asked"),
    [
        (["1.234,50"], COMMA, True),
        (["12.50", "3.10"], POINT, True),
        (["1.234"], "", True),
        (["12", "13"], "", False),
        (["1.234.567"], COMMA, False),
    ],
)
def test_the_sign_before_cents_is_told_or_asked(values: list[str], sign: str, asked: bool) -> None:
    assert guess_decimal(values) == sign
    if not sign:
        assert bool(is_open(values)) == asked


@_CALM
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20),
    st.sampled_from([(POINT, ","), (COMMA, "."), (COMMA, "\u202f"), (POINT, "'")]),
)
def test_a_column_of_amounts_is_read_as_written(minors: list[int], signs: tuple[str, str]) -> None:
    decimal, group = signs
    written = [
        f"{minor // 100:,}".replace(",", group) + decimal + f"{minor % 100:02}" for minor in minors
    ]
    assert guess_decimal(written) == decimal
    assert [read_minor(text, decimal, 2) for text in written] == minors


def test_no_day_shifts_in_two_hundred_years() -> None:
    day = date(1900, 1, 1)
    while day < date(2100, 1, 1):
        read = read_day(f"{day:%d.%m.%Y}", DAY_FIRST, TODAY)
        assert read is not None
        assert read.day == day
        day += timedelta(days=7)
