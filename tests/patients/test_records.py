# SPDX-License-Identifier: Apache-2.0
"""Patients' records: registering, editing, who pays, what insures, what to know first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.patients import queries
from clinicdesk.patients.model import (
    AddAlert,
    AddCoverage,
    AddNote,
    AddPayer,
    BornInFuture,
    ContactPoint,
    Demographics,
    EditPatient,
    EndAlert,
    NameMissing,
    RecordConsent,
    RegisterPatient,
    SetGuarantor,
)
from clinicdesk.patients.service import NoSuchAlert, NoSuchPatient, NothingWritten
from tests.patients.people import NAMES, Desk, a_desk
from tests.support.clinics import an_actor

TODAY = date(2026, 11, 25)
HOSTILE = (
    '<img src="http://localhost:1/x" onerror=alert(1)>',
    "<b>bold</b><script>1</script>",
    "Robert'); DROP TABLE patient;--",
    "{name} {0} %s %(x)s",
    "\u202egnissim\u202c",
    "a\u0000b\u0007c",
    "=HYPERLINK(1)",
    "𝔊𝔯𝔞𝔠𝔢 👩‍⚕️",
    "Z̴͈̺a̵͖͝l̸̘̈́g̷̢̈́o̵",
    "x" * 2_000,
    "مريم العلي",
    '" NEAR("',
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    yield made
    made.records.close()


def test_chart_numbers_have_no_gap_even_after_a_refusal(desk: Desk) -> None:
    desk.register(("One", "A", None, ""))
    with pytest.raises(NameMissing):
        desk.register(("  ", "B", None, ""))
    with pytest.raises(BornInFuture):
        desk.register(("Late", "B", date(2026, 11, 26), ""))
    desk.register(("Two", "B", None, ""))
    charts = [hit.chart_number for hit in desk.patients.browse(desk.actor)]
    assert sorted(charts) == ["1", "2"]


def test_the_same_key_registers_once(desk: Desk) -> None:
    command = RegisterPatient(Demographics("Once", "Only"))
    first = desk.patients.register(command, desk.actor).value
    assert desk.patients.register(command, desk.actor).value == first
    assert desk.found("once") == ["Once, Only"]


def test_of_two_editors_the_later_one_is_told_and_overwrites_nothing(desk: Desk) -> None:
    (number,) = desk.register(("Shared", "Sam", None, "1234567"))
    seen = desk.patients.card(number, desk.actor)
    first = EditPatient(number, seen.version, Demographics("Shared", "Samuel"), ())
    second = EditPatient(number, seen.version, Demographics("Shared", "Samantha"), ())
    desk.patients.edit(first, desk.actor)
    with pytest.raises(StaleCopy):
        desk.patients.edit(second, desk.actor)
    assert desk.patients.card(number, desk.actor).given_name == "Samuel"
    assert desk.found("samantha") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_kept_as_text_and_found_again(desk: Desk, name: str) -> None:
    (number,) = desk.register((name, "Kim", date(1980, 1, 1), ""))
    card = desk.patients.card(number, desk.actor)
    assert "\u202e" not in card.family_name
    assert "\x00" not in card.family_name
    assert [hit.id for hit in desk.patients.search(f"kim {name}"[:60], desk.actor)] == [number]


def test_a_card_takes_four_statements(desk: Desk) -> None:
    ids = desk.register(*NAMES)
    desk.patients.add_alert(AddAlert(ids[0], "allergy", "Penicillin"), desk.actor)
    desk.patients.add_note(AddNote(ids[0], "Prefers mornings"), desk.actor)
    desk.patients.record_consent(RecordConsent(ids[0], "email", given=False), desk.actor)
    desk.patients.record_consent(RecordConsent(ids[0], "email", given=True), desk.actor)
    statements: list[str] = []
    with desk.records.read() as reading:
        engine = reading.connection.engine

        def count(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        sa.event.listen(engine, "before_cursor_execute", count)
        card = queries.card(reading, ids[0])
        sa.event.remove(engine, "before_cursor_execute", count)
    assert len(statements) == 4
    assert card is not None
    assert [alert.wording for alert in card.alerts] == ["Penicillin"]
    assert [note.body for note in card.notes] == ["Prefers mornings"]
    assert [(c.purpose, c.given) for c in card.consents] == [("email", True)]
    assert card.contacts[0].value == NAMES[0][3]
    assert card.age(TODAY) == 47
    assert card.age(date(2026, 3, 11)) == 46


def test_looking_at_a_card_is_audited_once_and_freshening_it_is_not(desk: Desk) -> None:
    (number,) = desk.register(("Seen", "Sue", None, ""))

    def looks() -> int:
        with desk.records.read() as reading:
            found = reading.execute(
                sa.text("SELECT COUNT(*) FROM audit WHERE action = 'patients.view'")
            )
            return int(found.scalar_one())

    desk.patients.card(number, desk.actor)
    desk.patients.card(number, desk.actor, again=True)
    assert looks() == 1
    with pytest.raises(NoSuchPatient):
        desk.patients.card(999, desk.actor)


def test_a_merged_record_shows_the_one_that_stays_and_is_not_found(desk: Desk) -> None:
    gone, stays = desk.register(("Twin", "Tom", None, ""), ("Twin", "Thomas", None, ""))
    with desk.records.write(desk.actor, "test.merge") as work:
        work.execute(
            sa.text("UPDATE patient SET survivor_id = :s WHERE id = :g"), {"s": stays, "g": gone}
        )
        work.record("patient", gone)
    assert desk.patients.card(gone, desk.actor).id == stays
    assert desk.found("twin") == ["Twin, Thomas"]


def test_who_pays_depends_on_the_day(desk: Desk) -> None:
    child, parent = desk.register(("Kid", "K", None, ""), ("Parent", "P", None, ""))
    desk.patients.set_guarantor(SetGuarantor(child, parent, date(2026, 6, 1), "child"), desk.actor)
    with desk.records.read() as reading:
        assert desk.patients.guarantor_of(reading, child, date(2026, 5, 31)) == child
        assert desk.patients.guarantor_of(reading, child, date(2026, 6, 1)) == parent
    card = desk.patients.card(child, desk.actor)
    assert card.guarantor_name == "P Parent"
    family = desk.patients.family(child, desk.actor)
    assert {row.id for row in family} == {child, parent}


def test_coverages_of_a_day_stand_by_rank(desk: Desk) -> None:
    (number,) = desk.register(("Insured", "I", None, ""))
    one, two = (
        desk.patients.add_payer(AddPayer(name), desk.actor).value for name in ("First", "Second")
    )
    for payer, rank, start, end in (
        (two, 2, date(2026, 1, 1), None),
        (one, 1, date(2026, 1, 1), date(2026, 6, 30)),
        (two, 1, date(2026, 7, 1), None),
    ):
        desk.patients.add_coverage(AddCoverage(number, payer, start, end, rank=rank), desk.actor)
    with desk.records.read() as reading:
        spring = desk.patients.coverages_of(reading, number, date(2026, 6, 30))
        summer = desk.patients.coverages_of(reading, number, date(2026, 7, 1))
    assert [(row.payer, row.rank) for row in spring] == [("First", 1), ("Second", 2)]
    assert [row.payer for row in summer] == ["Second", "Second"]


def test_an_alert_ends_by_undo_and_empty_words_are_refused(desk: Desk) -> None:
    (number,) = desk.register(("Alert", "A", None, ""))
    done = desk.patients.add_alert(AddAlert(number, "allergy", "Latex"), desk.actor)
    assert done.undo is not None
    done.undo()
    assert desk.patients.card(number, desk.actor).alerts == ()
    ended = desk.patients.end_alert(EndAlert(done.value), desk.actor)
    assert ended.undo is not None
    ended.undo()
    assert [a.wording for a in desk.patients.card(number, desk.actor).alerts] == ["Latex"]
    with pytest.raises(NoSuchAlert):
        desk.patients.end_alert(EndAlert(99), desk.actor)
    with pytest.raises(NothingWritten):
        desk.patients.add_alert(AddAlert(number, "allergy", " "), desk.actor)
    with pytest.raises(NothingWritten):
        desk.patients.add_note(AddNote(number, "\u200b"), desk.actor)


def test_contacts_of_every_country_are_kept_as_typed(desk: Desk) -> None:
    contacts = (
        ContactPoint("mobile", "+81 (0)90-1234-5678"),
        ContactPoint("address", "5 Rue de l’Église\nBât. C", city="Québec", country="CA"),
    )
    who = Demographics("Tanaka", "Mei")
    number = desk.patients.register(RegisterPatient(who, contacts), desk.actor).value
    card = desk.patients.card(number, desk.actor)
    assert [c.value for c in card.contacts] == [c.value for c in contacts]
    assert card.contacts[1].city == "Québec"


@pytest.mark.parametrize(
    ("who", "phone", "reasons"),
    [
        (Demographics("Adeyemi", "Grace", born_on=date(1979, 3, 12)), "",
         ("same name", "same date of birth")),
        (Demographics("Adeyemi", "Grace"), "", ("same name",)),
        (Demographics("Grace", "Adeyemi"), "07700 900142",
         ("names swapped", "same phone")),
        (Demographics("Adeyemy", "Gracie", born_on=date(1979, 3, 12)), "",
         ("similar name", "same date of birth")),
        (Demographics("Adeyemi", "Grace", born_on=date(1979, 12, 3)), "",
         ("same name", "day and month of birth swapped")),
        (Demographics("Adeyemi", "G.", born_on=date(1979, 3, 12)), "+44 7700 900142",
         ("similar name", "same date of birth", "same phone")),
    ],
)  # fmt: skip
def test_likely_duplicates_come_with_their_reasons(
    desk: Desk, who: Demographics, phone: str, reasons: tuple[str, ...]
) -> None:
    desk.register(*NAMES)
    found = desk.patients.likely_duplicates(who, [phone], desk.actor)
    assert [(twin.hit.name, twin.reasons) for twin in found[:1]] == [("Adeyemi, Grace", reasons)]


def test_strangers_are_no_duplicates_and_nobody_is_their_own(desk: Desk) -> None:
    ids = desk.register(*NAMES)
    stranger = Demographics("Okonkwo", "Chidi", born_on=NAMES[0][2])
    assert desk.patients.likely_duplicates(stranger, [NAMES[0][3]], desk.actor) == ()
    own = Demographics("Adeyemi", "Grace", born_on=NAMES[0][2])
    assert desk.patients.likely_duplicates(own, [], desk.actor, but=ids[0]) == ()


def test_editing_needs_the_right(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.patients.register(
            RegisterPatient(Demographics("No", "Right")), an_actor("patients.view")
        )
