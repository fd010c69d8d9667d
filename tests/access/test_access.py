# SPDX-License-Identifier: Apache-2.0
"""Who may sign in and what they may do, over a real file and real key slots."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
import sqlalchemy as sa

from clinicdesk.access.model import (
    ROLES,
    AddUser,
    ChangePassword,
    ChangeRole,
    Deactivate,
    LastOwner,
    LoginUnfit,
    NameMissing,
    NoSuchUser,
    NotActive,
    NotForYourself,
    OldPasswordWrong,
    PasswordTooPlain,
    PasswordTooShort,
    RankTooHigh,
    ResetPassword,
    SetRight,
    check_password,
)
from clinicdesk.access.queries import TrailQuestion, UserRow
from clinicdesk.access.service import Access
from clinicdesk.access.tables import app_user
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.keys import ByCode, ByPassword, LoginTaken, WrongPassword, WrongRecoveryCode
from clinicdesk.storage.migrations import create_on_postgresql
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import audit
from clinicdesk.storage.verify import run_checks
from tests.storage.opened import PASSWORD, Whole, a_whole_clinic, enter
from tests.support.clinics import NOON, RIGHTS, a_profile, an_actor
from tests.support.postgres import a_postgresql

LONG = "horse battery staple"


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    home = tmp_path / "home"
    home.mkdir()
    return a_whole_clinic(home)


def add(clinic: Whole, login: str, role: str, actor: Actor | None = None) -> UserId:
    command = AddUser(login, login.title(), role, f"{LONG} {login}")
    return clinic.access.add_user(command, actor or clinic.owner).value


def sign_in(clinic: Whole, login: str, password: str = "") -> Actor:
    way = ByPassword(login, password or f"{LONG} {login}")
    return clinic.access.sign_in(enter(clinic.path, clinic.path.parent / "desk", way))


def row(clinic: Whole, user_id: UserId) -> UserRow:
    return next(user for user in clinic.access.users(clinic.owner) if user.id == user_id)


def test_the_owner_of_a_new_clinic_may_do_everything(clinic: Whole) -> None:
    assert clinic.owner.rights == RIGHTS
    assert sign_in(clinic, "owner", PASSWORD).rights == RIGHTS


def test_each_role_has_exactly_the_rights_it_ships_with(clinic: Whole) -> None:
    for role in ROLES:
        if role.key == "owner":
            continue
        add(clinic, role.key, role.key)
        assert sign_in(clinic, role.key).rights == role.rights
    assert {role.key: role.rights for role in clinic.access.roles(clinic.owner)} == {
        role.key: role.rights for role in ROLES
    }


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("receptionist", "schedule.overbook till.count_and_close_day billing.take_payment",
         "billing.refund month.close reports.financial stock.adjust access.audit storage.restore"),
        ("clinician", "stock.adjust schedule.book", "billing.take_payment month.close"),
        ("nurse", "stock.adjust stock.issue", "billing.view reports.day"),
        ("biller", "billing.refund reports.financial", "month.close schedule.book access.users"),
        ("manager", "month.close access.users access.audit", "storage.restore"),
    ],
)  # fmt: skip
def test_the_decided_rights_hold(role: str, may: str, may_not: str) -> None:
    rights = next(shipped.rights for shipped in ROLES if shipped.key == role)
    assert set(may.split()) <= rights
    assert not set(may_not.split()) & rights


def test_every_use_case_is_refused_to_those_without_the_right(clinic: Whole) -> None:
    nobody = an_actor("patients.view", role="receptionist")
    access = clinic.access
    for call in (
        lambda: access.users(nobody),
        lambda: access.roles(nobody),
        lambda: access.add_user(AddUser("eve", "Eve", "owner", LONG), nobody),
        lambda: access.change_role(ChangeRole(UserId(1), "nurse", 1), nobody),
        lambda: access.deactivate(Deactivate(UserId(1)), nobody),
        lambda: access.reset_password(ResetPassword(UserId(1), LONG), nobody),
        lambda: access.set_right(SetRight("nurse", "month.close", granted=True), nobody),
        lambda: access.new_recovery_code(PASSWORD, nobody),
        lambda: access.trail(TrailQuestion(), nobody),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_manager_stands_below_managers_and_owners(clinic: Whole) -> None:
    add(clinic, "max", "manager")
    nurse = add(clinic, "nina", "nurse")
    manager = sign_in(clinic, "max")
    with pytest.raises(RankTooHigh):
        add(clinic, "eve", "manager", manager)
    with pytest.raises(RankTooHigh):
        add(clinic, "eve", "owner", manager)
    with pytest.raises(RankTooHigh):
        clinic.access.change_role(ChangeRole(nurse, "owner", 1), manager)
    with pytest.raises(RankTooHigh):
        clinic.access.reset_password(ResetPassword(UserId(1), LONG + " x"), manager)
    with pytest.raises(RankTooHigh):
        clinic.access.deactivate(Deactivate(UserId(1)), manager)
    with pytest.raises(RankTooHigh):
        clinic.access.set_right(SetRight("manager", "storage.restore", granted=True), manager)
    with pytest.raises(NotForYourself):
        clinic.access.change_role(ChangeRole(manager.user_id, "owner", 1), manager)
    add(clinic, "rita", "receptionist", manager)


def test_nobody_hands_out_a_right_they_do_not_hold(clinic: Whole) -> None:
    add(clinic, "max", "manager")
    manager = sign_in(clinic, "max")
    with pytest.raises(NotForYourself):
        clinic.access.set_right(SetRight("nurse", "storage.restore", granted=True), manager)


def test_the_last_owner_stays(clinic: Whole) -> None:
    second = add(clinic, "olga", "owner")
    olga = sign_in(clinic, "olga")
    clinic.access.deactivate(Deactivate(clinic.owner.user_id), olga)
    add(clinic, "third", "manager", olga)
    with pytest.raises(NotForYourself):
        clinic.access.deactivate(Deactivate(second), olga)
    acting = Actor(UserId(3), "Third", "owner", RIGHTS, "s")
    with pytest.raises(LastOwner):
        clinic.access.deactivate(Deactivate(second), acting)
    with pytest.raises(LastOwner):
        clinic.access.change_role(ChangeRole(second, "nurse", 1), acting)


def test_a_changed_role_holds_from_the_next_act_and_can_be_undone(clinic: Whole) -> None:
    nina = add(clinic, "nina", "nurse")
    actor = sign_in(clinic, "nina")
    done = clinic.access.change_role(ChangeRole(nina, "receptionist", 1), clinic.owner)
    assert clinic.access.refreshed(actor).role == "receptionist"
    assert "billing.take_payment" in clinic.access.refreshed(actor).rights
    assert done.undo is not None
    done.undo()
    assert clinic.access.refreshed(actor).rights == actor.rights


def test_two_people_changing_one_user_do_not_overwrite_each_other(clinic: Whole) -> None:
    nina = add(clinic, "nina", "nurse")
    clinic.access.change_role(ChangeRole(nina, "biller", 1), clinic.owner)
    with pytest.raises(StaleCopy):
        clinic.access.change_role(ChangeRole(nina, "receptionist", 1), clinic.owner)
    assert row(clinic, nina).role == "biller"


def test_who_is_shut_out_opens_nothing_and_can_be_let_in_again(clinic: Whole) -> None:
    nina = add(clinic, "nina", "nurse")
    actor = sign_in(clinic, "nina")
    clinic.access.deactivate(Deactivate(nina), clinic.owner)
    with pytest.raises(WrongPassword):
        sign_in(clinic, "nina")
    with pytest.raises(NotActive):
        clinic.access.refreshed(actor)
    clinic.access.reset_password(ResetPassword(nina, "quite another one"), clinic.owner)
    assert sign_in(clinic, "nina", "quite another one").user_id == nina


def test_a_slot_left_by_a_cut_off_change_opens_for_nobody_and_is_cleared(clinic: Whole) -> None:
    ring = clinic.opened.ring
    ring.keep(ring.slot_for("ghost", LONG))
    with pytest.raises(NoSuchUser):
        sign_in(clinic, "ghost", LONG)
    sign_in(clinic, "owner", PASSWORD)
    with pytest.raises(WrongPassword):
        sign_in(clinic, "ghost", LONG)


def test_ones_own_password_is_changed_knowing_the_old_one(clinic: Whole, tmp_path: Path) -> None:
    with pytest.raises(OldPasswordWrong):
        clinic.access.change_password(ChangePassword("wrong", LONG), clinic.owner)
    clinic.access.change_password(ChangePassword(PASSWORD, LONG), clinic.owner)
    assert sign_in(clinic, "owner", LONG).user_id == clinic.owner.user_id
    with pytest.raises(WrongPassword):
        sign_in(clinic, "owner", PASSWORD)


def test_the_recovery_code_stands_for_the_owner(clinic: Whole, tmp_path: Path) -> None:
    opened = enter(clinic.path, tmp_path, ByCode(clinic.created.recovery))
    access = Access(clinic.records, opened.ring)
    actor = access.sign_in(opened)
    assert (actor.name, actor.role) == ("Ada Owner", "owner")
    access.reset_password(ResetPassword(actor.user_id, LONG), actor)
    assert sign_in(clinic, "owner", LONG).user_id == actor.user_id
    with pytest.raises(OldPasswordWrong):
        clinic.access.new_recovery_code("wrong", clinic.owner)
    clinic.access.new_recovery_code(LONG, clinic.owner)
    with pytest.raises(WrongRecoveryCode):
        enter(clinic.path, tmp_path, ByCode(clinic.created.recovery))


def test_the_same_command_twice_gives_the_same_result(clinic: Whole) -> None:
    command = AddUser("nina", "Nina", "nurse", LONG)
    first = clinic.access.add_user(command, clinic.owner)
    assert clinic.access.add_user(command, clinic.owner).value == first.value
    assert len(clinic.access.users(clinic.owner)) == 2


def test_a_login_is_used_once_and_is_one_word(clinic: Whole) -> None:
    add(clinic, "nina", "nurse")
    with pytest.raises(LoginTaken):
        clinic.access.add_user(AddUser("NINA", "Nina", "nurse", LONG), clinic.owner)
    assert len(clinic.access.users(clinic.owner)) == 2, "rolled back with its row"
    for bad in ("", "x", "a b", "-nina", "n" * 41):
        with pytest.raises(LoginUnfit):
            clinic.access.add_user(AddUser(bad, "Nina", "nurse", LONG), clinic.owner)
    with pytest.raises(NameMissing):
        clinic.access.add_user(AddUser("nora", " \u200b ", "nurse", LONG), clinic.owner)


@pytest.mark.parametrize(
    ("password", "role", "refusal"),
    [
        ("elevenchars", "nurse", PasswordTooShort),
        ("fourteen chars", "owner", PasswordTooShort),
        ("passwordpassword", "nurse", PasswordTooPlain),
        ("Passw0rd" * 2, "nurse", None),
        ("aaaaaaaaaaaaaaaa", "nurse", PasswordTooPlain),
        ("mapleclinic123", "nurse", PasswordTooPlain),
        ("ninanina1111", "nurse", PasswordTooPlain),
        ("demo-clinic-demo", "owner", None),
        ("пароль длинный очень", "owner", None),
    ],
)
def test_length_counts_and_the_first_guesses_are_refused(
    password: str, role: str, refusal: type[Exception] | None
) -> None:
    words = ("nina", "Nina", "Maple Clinic")
    if refusal is None:
        check_password(password, role, words)
    else:
        with pytest.raises(refusal):
            check_password(password, role, words)


def test_every_change_is_in_the_trail_and_the_chain_holds(clinic: Whole) -> None:
    nina = add(clinic, "nina", "nurse")
    clinic.access.change_role(ChangeRole(nina, "biller", 1), clinic.owner)
    clinic.access.set_right(SetRight("biller", "month.close", granted=True), clinic.owner)
    clinic.access.deactivate(Deactivate(nina), clinic.owner)
    actions = [entry.action for entry in clinic.access.trail(TrailQuestion(), clinic.owner)]
    assert actions == [
        "access.deactivate", "access.set_right", "access.change_role", "access.add_user",
        "access.establish",
    ]  # fmt: skip
    only = clinic.access.trail(TrailQuestion(object_kind="user", object_id=nina), clinic.owner)
    assert [entry.after for entry in only if entry.action == "access.change_role"] == [
        {"role": "biller"}
    ]
    assert not clinic.access.trail(TrailQuestion(action="access.%"), clinic.owner)
    with clinic.records.read() as reading:
        assert all(check.holds for check in run_checks(reading))


def test_no_password_is_anywhere_in_the_file(clinic: Whole) -> None:
    add(clinic, "nina", "nurse")
    with clinic.records.read() as reading:
        kept = repr([reading.execute(sa.select(table)).all() for table in (audit, app_user)])
    assert "Ada Owner" in kept
    assert LONG not in kept
    assert PASSWORD not in kept


@pytest.mark.postgres
def test_users_and_rights_are_the_same_on_postgresql(clinic: Whole) -> None:
    with a_postgresql() as engine:
        with engine.begin() as connection:
            create_on_postgresql(connection)
            insert_profile(connection, a_profile(), NOON)
        access = Access(Records(engine, engine, FixedClock(NOON)), clinic.opened.ring)
        owner = access.establish(clinic.opened, "owner", "Ada Owner")
        nina = access.add_user(AddUser("nina", "Nina", "nurse", LONG), owner).value
        access.change_role(ChangeRole(nina, "biller", 1), owner)
        assert access.sign_in(clinic.opened) == replace(owner, sitting=ANY)
        assert access.refreshed(replace(owner, user_id=nina)).role == "biller"
        with pytest.raises(NotForYourself):
            access.deactivate(Deactivate(owner.user_id), owner)
        assert [entry.action for entry in access.trail(TrailQuestion(action="access."), owner)] == [
            "access.sign_in", "access.change_role", "access.add_user", "access.establish",
        ]  # fmt: skip
