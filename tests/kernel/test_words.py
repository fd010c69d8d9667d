# SPDX-License-Identifier: Apache-2.0
"""Rights, refusals, facts, changes, folding and canonical bytes."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.canonical import canonical, chain
from clinicdesk.kernel.changes import Changes, Topic
from clinicdesk.kernel.facts import Fact, FactBook
from clinicdesk.kernel.folding import clean, digits, fold
from clinicdesk.kernel.identity import UserId, new_key
from clinicdesk.kernel.places import resource, translations
from clinicdesk.kernel.refusals import NotAllowed, Refusal, StaleCopy, Trouble

BOOK = Permission("schedule.book", "Book appointments")
fields = st.one_of(st.none(), st.text(), st.integers(), st.binary())


def test_a_role_may_only_what_it_holds() -> None:
    actor = Actor(UserId(1), "Rosa", "receptionist", frozenset({"schedule.book"}), "s")
    actor.require(BOOK)
    with pytest.raises(NotAllowed, match=r"receptionist.*Refund"):
        actor.require(Permission("billing.refund", "Refund"))


def test_a_failure_says_its_sentence_with_its_fields() -> None:
    assert str(Refusal("{who} is booked", field="starts", who="Dr Osei")) == "Dr Osei is booked"
    assert str(StaleCopy()).startswith("This record was changed")
    assert "Nothing that was confirmed is lost." in str(Trouble())


def test_facts_reach_their_listeners_in_order_and_no_other() -> None:
    @dataclass(frozen=True, slots=True)
    class Happened(Fact):
        number: int

    heard: list[tuple[str, int]] = []
    book = FactBook()
    book.heed(Happened, lambda work, fact: heard.append((work, fact.number)))
    book.heed(Happened, lambda work, fact: heard.append((work, -fact.number)))
    book.tell("work", Happened(7))
    book.tell("work", Fact())
    assert heard == [("work", 7), ("work", -7)]


def test_changes_touch_the_topics_they_name_or_all() -> None:
    patients, stock = Topic("patients"), Topic("stock")
    changes = Changes({patients: frozenset({1})})
    assert changes.touch({patients, stock})
    assert not changes.touch({stock})
    assert Changes.everything().touch({stock})


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ångström-Núñez", "angstrom nunez"),
        ("O'Brien", "obrien"),
        ("Straße", "strasse"),
        ("ŁÓDŹ  Đặng", "lodz dang"),
        ("  ", ""),
    ],
)
def test_names_are_folded_as_people_type_them(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_digits_of_any_script_count() -> None:
    assert digits("+44 (0)20 ٧٩٤٦") == "440207946"


def test_kept_text_has_no_control_or_direction_marks() -> None:
    assert clean(" a\u202eb\x00c\nd\u200b ") == "abc\nd"


@given(st.lists(fields), st.lists(fields))
def test_different_records_never_have_the_same_bytes(
    one: list[str | int | bytes | None], other: list[str | int | bytes | None]
) -> None:
    assert (canonical(one) == canonical(other)) == (
        [(type(f), f) for f in one] == [(type(f), f) for f in other]
    )


def test_a_truth_value_has_no_canonical_bytes() -> None:
    with pytest.raises(TypeError, match="truth"):
        canonical([True])


def test_each_link_depends_on_the_one_before() -> None:
    assert chain(b"a", ["x"]) != chain(b"b", ["x"])


def test_keys_are_never_twice_the_same() -> None:
    assert len({new_key() for _ in range(100)}) == 100


def test_shipped_folders_are_found() -> None:
    assert resource("").is_dir()
    assert translations().is_dir()
