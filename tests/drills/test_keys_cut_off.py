# SPDX-License-Identifier: Apache-2.0
"""K2: a change of a person's key is cut off at every step; the state is the old or the new one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicdesk.access.model import AddUser, ChangePassword, Deactivate, ResetPassword
from clinicdesk.access.service import Access
from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.storage import files
from clinicdesk.storage.keys import ByPassword, copies_of
from clinicdesk.storage.verify import run_checks
from tests.storage.opened import PASSWORD, Whole, a_whole_clinic, enter
from tests.support.clinics import NOON

OLD, NEW = "horse battery staple", "correct staple battery"


class Killed(BaseException):
    """Stands for kill -9: no refusal, no trouble, nothing catches it."""


def add(clinic: Whole) -> None:
    clinic.access.add_user(AddUser("mia", "Mia", "nurse", NEW), clinic.owner)


def reset(clinic: Whole) -> None:
    clinic.access.reset_password(ResetPassword(UserId(2), NEW), clinic.owner)


def remove(clinic: Whole) -> None:
    clinic.access.deactivate(Deactivate(UserId(2)), clinic.owner)


def change_own(clinic: Whole) -> None:
    clinic.access.change_password(ChangePassword(PASSWORD, NEW), clinic.owner)


def opens(clinic: Whole, login: str, password: str, desk: Path) -> bool:
    """Tell whether the password lets somebody in, all the way to signing in."""
    try:
        opened = enter(clinic.path, desk, ByPassword(login, password))
    except Refusal:
        return False
    records = opened.records(FixedClock(NOON))
    try:
        Access(records, opened.ring).sign_in(opened)
    except Refusal:
        return False
    finally:
        records.close()
    return True


@pytest.mark.parametrize("stop", range(6))
@pytest.mark.parametrize(
    ("change", "login", "before"),
    [
        (add, "mia", ""),
        (reset, "nina", OLD),
        (remove, "nina", OLD),
        (change_own, "owner", PASSWORD),
    ],
    ids=["add", "reset", "remove", "change_own"],
)  # fmt: skip
def test_exactly_one_state_is_left(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Whole], None],
    login: str,
    before: str,
    stop: int,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    clinic = a_whole_clinic(home)
    clinic.access.add_user(AddUser("nina", "Nina", "nurse", OLD), clinic.owner)
    left = stop
    real_write, real_sync = files.write_new, files.sync_folder

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    def write_new(path: Path, body: bytes) -> None:
        step()
        real_write(path, body)

    def sync_folder(folder: Path) -> None:
        real_sync(folder)
        step()

    with monkeypatch.context() as patch, contextlib.suppress(Killed):
        patch.setattr(files, "write_new", write_new)
        patch.setattr(files, "sync_folder", sync_folder)
        change(clinic)
    clinic.records.close()
    desk = tmp_path / "desk"
    owner = PASSWORD if opens(clinic, "owner", PASSWORD, desk) else NEW
    assert opens(clinic, "owner", owner, desk), "the owner is never shut out"
    allowed = [word for word in {before, NEW} if word and opens(clinic, login, word, desk)]
    assert len(allowed) <= 1, "never two passwords at once"
    first, second = copies_of(clinic.path)
    assert first.read_bytes() == second.read_bytes(), "opening mended the copies"
    opened = enter(clinic.path, desk, ByPassword("owner", owner))
    records = opened.records(FixedClock(NOON))
    access = Access(records, opened.ring)
    actor = access.sign_in(opened)
    with records.read() as reading:
        assert all(check.holds for check in run_checks(reading))
    for user in access.users(actor):  # and what was cut off can be carried out again
        if user.login == login != "owner":
            access.reset_password(ResetPassword(user.id, "yet another word"), actor)
            assert opens(clinic, login, "yet another word", desk)
    records.close()
