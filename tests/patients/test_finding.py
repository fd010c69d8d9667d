# SPDX-License-Identifier: Apache-2.0
"""One box finds whoever is meant, however it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from time import perf_counter

import pytest

from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.patients.model import (
    ContactPoint,
    Demographics,
    EditPatient,
    RegisterPatient,
)
from tests.patients.people import NAMES, Desk, a_desk
from tests.support.clinics import an_actor


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = a_desk(tmp_path_factory.mktemp("finding"))
    made.register(*NAMES)
    yield made
    made.records.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ade", "Adeyemi, Grace"),  # letters
        ("grace ad", "Adeyemi, Grace"),  # any order, prefixes
        ("adeyemi gr", "Adeyemi, Grace"),
        ("Adeyemi, Grace", "Adeyemi, Grace"),
        ("g adey", "Adeyemi, Grace"),  # an initial
        ("eyem", "Adeyemi, Grace"),  # the middle of a name
        ("nguyen", "Nguyễn, Minh Anh"),  # accents
        ("anh nguyen", "Nguyễn, Minh Anh"),
        ("NGUYỄN", "Nguyễn, Minh Anh"),
        ("muller ludensch", "Müller-Lüdenscheidt, Jörg"),
        ("obrien", "O'Brien, Séan"),
        ("o’brien sean", "O'Brien, Séan"),
        ("lukasiewicz pawel", "Łukasiewicz, Paweł"),
        ("王", "王, 小明"),  # one letter is a whole family name
        ("小明", "王, 小明"),
        ("cruz maria", "de la Cruz, María José"),
        ("900142", "Adeyemi, Grace"),  # phones
        ("07700 900142", "Adeyemi, Grace"),  # trunk zero, kept with country code
        ("+447700900142", "Adeyemi, Grace"),
        ("0044 7700-900-142", "Adeyemi, Grace"),
        ("+44 7700 900771", "O'Brien, Séan"),  # country code, kept with trunk zero
        ("212.555.0147", "Nguyễn, Minh Anh"),
        ("+1 212 555 0147", "Nguyễn, Minh Anh"),
        ("030 23125014", "Müller-Lüdenscheidt, Jörg"),
        ("٠٧٧٠٠ ٩٠٠١٤٢", "Adeyemi, Grace"),  # Arabic-Indic digits
        ("12/03/1979", "Adeyemi, Grace"),  # dates of birth
        ("1979-03-12", "Adeyemi, Grace"),
        ("12.3.79", "Adeyemi, Grace"),
        ("12031979", "Adeyemi, Grace"),
        ("03/12/1979", "Adeyemi, Grace"),  # as written in the USA
        ("31.01.1961", "Müller-Lüdenscheidt, Jörg"),
        ("29/2/1948", "de la Cruz, María José"),
        ("grace 12/3/1979", "Adeyemi, Grace"),
        ("1990-12-03 minh", "Nguyễn, Minh Anh"),
        ("adeyemi 900142", "Adeyemi, Grace"),
        ("#1", "Adeyemi, Grace"),  # chart number
        ("adeymi", "Adeyemi, Grace"),  # typos
        ("grcae adeyemi", "Adeyemi, Grace"),
        ("lukasievicz", "Łukasiewicz, Paweł"),
        ("mueller ludenscheid", "Müller-Lüdenscheidt, Jörg"),
        ("hanah smithson", "Smithson, Hannah"),
    ],
)
def test_the_first_hit_is_who_was_meant(desk: Desk, typed: str, name: str) -> None:
    assert desk.found(typed)[:1] == [name]


def test_exact_names_come_before_beginnings_and_those_before_the_middle(desk: Desk) -> None:
    assert desk.found("ann") == ["Ann, Smithers", "Smith, Ann"]
    assert desk.found("smith") == ["Smith, Ann", "Smithson, Hannah", "Ann, Smithers"]
    assert desk.found("smith ann")[0] == "Smith, Ann"


def test_nothing_and_nonsense_find_nobody(desk: Desk) -> None:
    for typed in ("", "   ", "%", "_", '"', "' OR 1=1 --", "xqzw", "*", "99/99/9999", "a" * 500):
        assert desk.found(typed) == [], typed


def test_a_hit_carries_two_identifiers_and_a_phone(desk: Desk) -> None:
    hit = desk.patients.search("adeyemi", desk.actor)[0]
    assert (hit.born_on, hit.chart_number, hit.phone) == (date(1979, 3, 12), "1", NAMES[0][3])


def test_looking_needs_the_right(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.patients.search("adeyemi", an_actor("stock.issue"))


def test_a_changed_name_is_found_at_once_and_the_old_one_no_longer(
    tmp_path: pytest.TempPathFactory,
) -> None:
    desk = a_desk(tmp_path)  # type: ignore[arg-type]
    (number,) = desk.register(("Zephyr", "Ida", None, ""))
    edit = EditPatient(
        number,
        1,
        Demographics("Quillfeather", "Ida"),
        (ContactPoint("email", "ida.q@example.org"),),
    )
    desk.patients.edit(edit, desk.actor)
    assert desk.found("zephyr") == []
    assert desk.found("quillf") == ["Quillfeather, Ida"]
    assert desk.found("ida.q@example.org") == ["Quillfeather, Ida"]
    desk.records.close()


def test_thousands_of_patients_are_searched_within_a_keystroke(
    tmp_path: pytest.TempPathFactory,
) -> None:
    """Generous bounds for a busy machine; the bench measures the true ones."""
    desk, chance = a_desk(tmp_path), Random(7)  # type: ignore[arg-type]
    syllables = ("ka", "lo", "mi", "ren", "sta", "ve", "dor", "tha", "qui", "bel", "nou", "fer")

    def word() -> str:
        return "".join(chance.choice(syllables) for _ in range(3)).title()

    people = [
        RegisterPatient(Demographics(word(), word(), born_on=date(1950 + n % 60, 1 + n % 12, 9)))
        for n in range(4_000)
    ]
    with desk.records.write(desk.actor, "patients.register_many") as work:
        desk.patients.register_many(work, people)
    spent, found = [], 0
    for person in chance.sample(people, 30):
        typed = f"{person.who.given_name} {person.who.family_name[:5]}"
        started = perf_counter()
        names = desk.found(typed)
        spent.append(perf_counter() - started)
        found += f"{person.who.family_name}, {person.who.given_name}" in names
    assert found == 30
    assert sorted(spent)[15] < 0.05
    desk.records.close()


def test_the_exact_name_is_shown_though_hundreds_begin_alike(
    tmp_path: pytest.TempPathFactory,
) -> None:
    desk = a_desk(tmp_path)  # type: ignore[arg-type]
    people = [RegisterPatient(Demographics(f"Marlow{n:03}", "Kim")) for n in range(300)]
    people.append(RegisterPatient(Demographics("Mar", "Ida")))
    with desk.records.write(desk.actor, "patients.register_many") as work:
        desk.patients.register_many(work, people)
    assert desk.found("mar")[0] == "Mar, Ida"
    assert desk.found("mralow150")[:1] == ["Marlow150, Kim"]
    desk.records.close()
