# SPDX-License-Identifier: Apache-2.0
"""A telephone number is found in whatever form it was kept or is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicdesk.patients.model import ContactPoint, Demographics, RegisterPatient
from tests.patients.people import Desk, a_desk

CODES = ("1", "7", "44", "49", "86", "353", "972")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = a_desk(tmp_path_factory.mktemp("phones"))
    yield made
    made.records.close()


def forms(code: str, number: str) -> list[str]:
    """The ways one number is written, by hand and by machines."""
    return [
        f"+{code} {number[:3]} {number[3:]}",
        f"00{code}{number}",
        f"0{number}",
        f"(0{number[:3]}) {number[3:]}",
        f"+{code} (0){number}",
        number,
    ]


@settings(max_examples=60)  # below what is ranked at most, if all were one number
@given(
    code=st.sampled_from(CODES),
    number=st.from_regex(r"[2-9][0-9]{5,9}", fullmatch=True),
    which=st.tuples(st.integers(0, 5), st.integers(0, 5)),
)
def test_the_form_it_was_kept_in_does_not_matter(
    desk: Desk, code: str, number: str, which: tuple[int, int]
) -> None:
    kept, typed = (forms(code, number)[place] for place in which)
    (own,) = desk.register(("Adeyemi", "Grace", None, kept))
    found = [hit.id for hit in desk.patients.search(typed, desk.actor, limit=500)]
    assert own in found, (kept, typed)


@settings(max_examples=60)
@given(number=st.from_regex(r"0[2-9][0-9]{6,9}", fullmatch=True))
def test_both_who_share_a_number_are_found_the_zero_as_typed_first(desk: Desk, number: str) -> None:
    abroad, here = desk.register(
        ("Abel", "Ada", None, f"+44 {number[1:]}"), ("Zorn", "Zoe", None, number)
    )
    found = [hit.id for hit in desk.patients.search(number, desk.actor, limit=500)]
    assert abroad in found
    assert here in found
    assert found.index(here) < found.index(abroad)


def test_a_zero_from_the_middle_of_a_number_is_no_trunk_zero(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = a_desk(tmp_path_factory.mktemp("middle"))
    people = [
        RegisterPatient(
            Demographics(f"Aaron{n:03}", "Kim"), (ContactPoint("mobile", f"+1 {n} 555 0106"),)
        )
        for n in range(211, 520)
        if n % 10
    ]
    people.append(
        RegisterPatient(Demographics("Zorn", "Zoe"), (ContactPoint("mobile", "+1 520 555 0106"),))
    )
    with desk.records.write(desk.actor, "patients.register_many") as work:
        desk.patients.register_many(work, people)
    assert desk.found("05550106")[0] == "Zorn, Zoe"
    assert len(desk.found("05550106")) > 1, "it may be a trunk zero after all"
    desk.records.close()
