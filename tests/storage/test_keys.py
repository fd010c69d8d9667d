# SPDX-License-Identifier: Apache-2.0
"""Key slots: passwords, recovery code, two copies, and no way around the cost of a guess."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.keys import (
    STRONG,
    ByCode,
    ByPassword,
    CodeIncomplete,
    GroupMistyped,
    KeyDocument,
    KeySlotsDamaged,
    KeySlotsMissing,
    RecoveryCode,
    WeakSlots,
    WrongPassword,
    WrongRecoveryCode,
    candidates,
    copies_of,
    open_ring,
)
from tests.storage.opened import CHEAP, OWNER, PASSWORD, Whole, a_closed_clinic, enter

NEW = "another long password"


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    folder = tmp_path / "clinic"
    folder.mkdir()
    return a_closed_clinic(folder)


def test_the_password_opens_however_its_accents_were_typed(clinic: Whole, tmp_path: Path) -> None:
    ring = clinic.opened.ring
    ring.keep(ring.slot_for("zoë", "Caf\u00e9 de la Gare"))
    opened = enter(clinic.path, tmp_path, ByPassword("ZOE\u0308", "Cafe\u0301 de la Gare"))
    assert opened.data_key == ring.data_key


def test_names_of_people_and_keys_are_nowhere_in_the_slots(clinic: Whole) -> None:
    text = copies_of(clinic.path)[0].read_text()
    assert "owner" not in text
    assert clinic.opened.data_key.hex() not in text
    assert clinic.opened.ring.backup_key.hex() not in text


def test_a_new_password_replaces_the_old_one_in_both_copies(clinic: Whole, tmp_path: Path) -> None:
    ring = clinic.opened.ring
    ring.keep(ring.slot_for("owner", NEW, ring.slot_id))
    assert enter(clinic.path, tmp_path, ByPassword("owner", NEW)).slot_id == ring.slot_id
    with pytest.raises(WrongPassword):
        enter(clinic.path, tmp_path)
    first, second = copies_of(clinic.path)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("behind", [0, 1], ids=["first", "second"])
def test_after_a_cut_off_change_the_newer_copy_alone_counts(
    clinic: Whole, tmp_path: Path, behind: int
) -> None:
    copy = copies_of(clinic.path)[behind]
    old = copy.read_bytes()
    ring = clinic.opened.ring
    ring.keep(ring.slot_for("owner", NEW, ring.slot_id))
    copy.write_bytes(old)
    with pytest.raises(WrongPassword):
        enter(clinic.path, tmp_path)
    enter(clinic.path, tmp_path, ByPassword("owner", NEW))
    assert copy.read_bytes() != old, "opening mends the copy that was behind"


@pytest.mark.parametrize("lost", [0, 1], ids=["first", "second"])
def test_one_lost_copy_is_made_again_from_the_other(
    clinic: Whole, tmp_path: Path, lost: int
) -> None:
    copy = copies_of(clinic.path)[lost]
    body = copy.read_bytes()
    copy.unlink()
    enter(clinic.path, tmp_path)
    assert copy.read_bytes() == body


def test_any_flipped_bit_makes_a_copy_useless_and_the_other_is_used(
    clinic: Whole, tmp_path: Path
) -> None:
    first, _ = copies_of(clinic.path)
    good = first.read_bytes()
    chance = random.Random(4)
    for place in range(0, len(good), 7):
        bad = bytearray(good)
        bad[place] ^= 1 << chance.randrange(8)
        first.write_bytes(bad)
        with pytest.raises((Refusal, Trouble)):
            open_alone(bytes(bad), clinic.path)
        documents = candidates(clinic.path, CHEAP)
        assert open_ring(clinic.path, documents, OWNER, CHEAP).data_key == clinic.opened.data_key


def open_alone(body: bytes, path: Path) -> None:
    open_ring(path, [KeyDocument.of_bytes(body, CHEAP)], OWNER, CHEAP)


def test_with_both_copies_damaged_nothing_opens(clinic: Whole, tmp_path: Path) -> None:
    for copy in copies_of(clinic.path):
        copy.write_bytes(copy.read_bytes()[:-40])
    with pytest.raises(KeySlotsDamaged):
        enter(clinic.path, tmp_path)
    for copy in copies_of(clinic.path):
        copy.unlink()
    with pytest.raises(KeySlotsMissing):
        enter(clinic.path, tmp_path)


def test_swapping_what_two_slots_hold_opens_neither(clinic: Whole) -> None:
    ring = clinic.opened.ring
    ring.keep(ring.slot_for("mia", NEW))
    kept = json.loads(copies_of(clinic.path)[0].read_bytes())
    users = [slot for slot in kept["slots"] if slot["kind"] == "user"]
    for name in ("lock", "salt", "id", "who"):
        users[0][name], users[1][name] = users[1][name], users[0][name]
        body = json.dumps(kept, indent=1, sort_keys=True).encode() + b"\n"
        document = KeyDocument.of_bytes(body, CHEAP)
        with pytest.raises((WrongPassword, KeySlotsDamaged)):
            open_ring(clinic.path, [document], OWNER, CHEAP)
        users[0][name], users[1][name] = users[1][name], users[0][name]


@pytest.mark.parametrize(("name", "value"), [("memory_kib", 1024), ("passes", 1), ("lanes", 1)])
def test_slots_cheaper_than_the_floor_are_refused(
    tmp_path: Path, name: str, value: int, clinic: Whole
) -> None:
    kept = json.loads(copies_of(clinic.path)[0].read_bytes())
    for slot in kept["slots"]:
        strong = STRONG.user if slot["kind"] == "user" else STRONG.recovery
        slot["kdf"] = strong.as_json()
    good = json.dumps(kept, indent=1, sort_keys=True).encode() + b"\n"
    assert len(KeyDocument.of_bytes(good, STRONG).slots) == 2
    recovery = next(slot for slot in kept["slots"] if slot["kind"] == "recovery")
    recovery["kdf"][name] = value
    with pytest.raises(WeakSlots):
        KeyDocument.of_bytes(json.dumps(kept, indent=1, sort_keys=True).encode() + b"\n", STRONG)


def test_the_cost_compiled_in_is_what_the_papers_ask_for() -> None:
    assert (STRONG.user.memory_kib, STRONG.user.passes, STRONG.user.lanes) == (65536, 3, 1)
    assert (STRONG.recovery.memory_kib, STRONG.recovery.passes) == (262144, 3)
    assert STRONG.recovery.lanes == 4


def test_a_dropped_slot_opens_nothing_more(clinic: Whole, tmp_path: Path) -> None:
    ring = clinic.opened.ring
    slot = ring.slot_for("mia", NEW)
    ring.keep(slot)
    enter(clinic.path, tmp_path, ByPassword("mia", NEW))
    ring.drop(slot.slot_id)
    with pytest.raises(WrongPassword):
        enter(clinic.path, tmp_path, ByPassword("mia", NEW))


# ── The recovery code ────────────────────────────────────────────────────────────────────────


def test_the_recovery_code_opens_file_and_backup_key(clinic: Whole, tmp_path: Path) -> None:
    typed = clinic.created.recovery.text.lower().replace("0", "o").replace("-", " ")
    opened = enter(clinic.path, tmp_path, ByCode(RecoveryCode.read(typed)))
    assert opened.by_recovery
    assert opened.data_key == clinic.opened.data_key
    document = opened.ring.document()
    slot = next(slot for slot in document.slots if slot.kind == "recovery")
    by_code_alone = slot.backup_key_by(document.clinic, clinic.created.recovery.secret)
    assert by_code_alone == clinic.opened.ring.backup_key


def test_a_code_replaced_opens_nothing_more(clinic: Whole, tmp_path: Path) -> None:
    new = clinic.opened.ring.new_recovery_code()
    with pytest.raises(WrongRecoveryCode):
        enter(clinic.path, tmp_path, ByCode(clinic.created.recovery))
    enter(clinic.path, tmp_path, ByCode(new))


def test_every_single_wrong_character_is_caught_and_its_group_named() -> None:
    code = RecoveryCode.fresh()
    groups = list(code.groups)
    for place, group in enumerate(groups):
        for at in range(5):
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
                if other == group[at]:
                    continue
                bad = group[:at] + other + group[at + 1 :]
                typed = "-".join([*groups[:place], bad, *groups[place + 1 :]])
                with pytest.raises(GroupMistyped) as refused:
                    RecoveryCode.read(typed)
                assert refused.value.fields["group"] == place + 1


def test_swapped_groups_and_swapped_neighbours_are_caught() -> None:
    code = RecoveryCode.fresh()
    for left in range(8):
        for right in range(left + 1, 8):
            groups = list(code.groups)
            groups[left], groups[right] = groups[right], groups[left]
            with pytest.raises(GroupMistyped):
                RecoveryCode.read("".join(groups))
    for place, group in enumerate(code.groups):
        for at in range(4):
            if group[at] == group[at + 1]:
                continue
            swapped = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
            groups = [*code.groups[:place], swapped, *code.groups[place + 1 :]]
            with pytest.raises(GroupMistyped):
                RecoveryCode.read("-".join(groups))


def test_a_code_of_the_wrong_length_or_alphabet_is_told_so() -> None:
    code = RecoveryCode.fresh()
    with pytest.raises(CodeIncomplete):
        RecoveryCode.read("".join(code.groups)[:-1])
    with pytest.raises(GroupMistyped):
        RecoveryCode.read(code.text[:-1] + "U")
    with pytest.raises(GroupMistyped) as refused:
        RecoveryCode.read("-".join([*code.groups[:2], code.groups[2][:4], *code.groups[3:]]))
    assert refused.value.fields["group"] == 3


def test_the_real_cost_is_what_a_desk_can_bear_and_a_thief_cannot(tmp_path: Path) -> None:
    key = STRONG.user.derive(PASSWORD.encode(), bytes(16))
    assert len(key) == 32
