# SPDX-License-Identifier: Apache-2.0
"""Roles and their rights as shipped, the rules for passwords and ranks, and the commands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.identity import StaffId, UserId, new_key
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

USERS = Topic("users")

MAY_MANAGE_USERS = Permission("access.users", N_("Add people and set what they may do"))
MAY_READ_TRAIL = Permission("access.audit", N_("Read the audit trail"))

OWNER = "owner"
MANAGER = "manager"

_RECEPTION = frozenset({
    "patients.view", "patients.edit", "schedule.view", "schedule.book", "schedule.overbook",
    "staff.view", "billing.view", "billing.charge", "billing.take_payment",
    "billing.reverse_own_today", "reports.day", "till.count_and_close_day", "stock.issue",
    "storage.backup",
})  # fmt: skip
_CLINICIAN = frozenset({
    "patients.view", "patients.edit", "schedule.view", "schedule.book", "staff.view",
    "billing.view", "billing.charge", "billing.reverse_own_today", "stock.issue", "stock.adjust",
})  # fmt: skip
_NURSE = frozenset({
    "patients.view", "patients.edit", "schedule.view", "schedule.book", "staff.view",
    "stock.issue", "stock.adjust",
})  # fmt: skip
_BILLER = frozenset({
    "patients.view", "patients.edit", "schedule.view", "staff.view", "billing.view",
    "billing.charge", "billing.take_payment", "billing.refund", "billing.write_off",
    "billing.reverse", "billing.reverse_own_today", "reports.day", "reports.financial",
    "storage.backup",
})  # fmt: skip
_MANAGER = _RECEPTION | _CLINICIAN | _BILLER | frozenset({
    "month.reopen", "spending.view", "spending.enter", "spending.budget",
    "patients.merge", "schedule.setup", "staff.edit", "billing.fees", "month.close", "access.users",
    "access.audit", "storage.verify", "moving.import", "settings.edit",
})  # fmt: skip
_OWNER = _MANAGER | frozenset({"storage.restore"})


@dataclass(frozen=True, slots=True)
class RoleAsShipped:
    """A role of a new clinic; the clinic may rename it and change its rights.

    Attributes:
        key: stable.
        title: English name, marked for translation.
        rank: higher is further up.
        rights: permission keys it holds at first.
    """

    key: str
    title: str
    rank: int
    rights: frozenset[str]


ROLES = (
    RoleAsShipped("receptionist", N_("Reception"), 10, _RECEPTION),
    RoleAsShipped("nurse", N_("Nurse and stock keeper"), 20, _NURSE),
    RoleAsShipped("biller", N_("Billing"), 30, _BILLER),
    RoleAsShipped("clinician", N_("Clinician"), 40, _CLINICIAN),
    RoleAsShipped(MANAGER, N_("Manager"), 80, _MANAGER),
    RoleAsShipped(OWNER, N_("Owner"), 100, _OWNER),
)
TITLES = {role.key: role.title for role in ROLES}
RANKS = {role.key: role.rank for role in ROLES}


class RankTooHigh(Refusal):
    """The other one's role is not below the actor's."""

    wording = N_("Only someone of a higher role may do this to {name}.")


class LastOwner(Refusal):
    """A clinic always has somebody who may do everything."""

    wording = N_("{name} is the last owner. Make somebody else an owner first.")


class NotActive(Refusal):
    """The key fits, but the user's row says no."""

    wording = N_("This person may not sign in any more.")


class NotForYourself(Refusal):
    """Nobody raises, lowers or shuts out themselves."""

    wording = N_("You cannot do this to yourself.")


class PasswordTooShort(Refusal):
    """Length is what counts; there are no rules about kinds of characters."""

    wording = N_("The password is too short: at least {least} characters for this role.")


class PasswordTooLong(Refusal):
    """Beyond what is checked whole."""

    wording = N_("The password is too long: at most {most} characters.")


class PasswordTooPlain(Refusal):
    """Among the first that anybody would try."""

    wording = N_("This password is among the first that somebody would guess. Choose another.")


class OldPasswordWrong(Refusal):
    """Changing one's own password asks for the old one."""

    wording = N_("The present password is not right.")


class LoginUnfit(Refusal):
    """A login is one short word."""

    wording = N_("A sign-in name has 2 to 40 letters, digits, dots or hyphens, without blanks.")


class NameMissing(Refusal):
    """The audit trail names people."""

    wording = N_("Enter the person's name.")


class NoSuchRole(Refusal):
    """Not one of this clinic's."""

    wording = N_("There is no such role.")


class NoSuchUser(Refusal):
    """The slot or id is nobody's here."""

    wording = N_("There is no such person in this clinic.")


_LEAST = {OWNER: 15, MANAGER: 15}
_LEAST_OTHERS = 12
_MOST = 128
_LOGIN = re.compile(r"[\w][\w.\-]{1,39}")
_TRIED_FIRST = ("password", "passwort", "contrasena", "motdepasse", "letmein", "qwertyuiop",
                "qwertzuiop", "azertyuiop", "iloveyou", "welcome", "changeme", "administrator",
                "asdfghjkl", "1234567890", "0987654321", "abcdefghij")  # fmt: skip


def least_length(role: str) -> int:
    """Return the shortest password a role may have."""
    return _LEAST.get(role, _LEAST_OTHERS)


def check_password(password: str, role: str, own_words: Iterable[str] = ()) -> None:
    """Raise a refusal unless the password will do; ``own_words``: login, name, clinic's name."""
    normal = unicodedata.normalize("NFC", password)
    if len(normal) < least_length(role):
        raise PasswordTooShort(field="password", least=least_length(role))
    if len(normal) > _MOST:
        raise PasswordTooLong(field="password", most=_MOST)
    letters = fold(normal).replace(" ", "")
    words = [*_TRIED_FIRST, "clinicdesk", *(fold(word).replace(" ", "") for word in own_words)]
    for word in sorted((word for word in words if len(word) > 2), key=len, reverse=True):
        letters = letters.replace(word, "")
    if len(set(letters)) < 4:
        raise PasswordTooPlain(field="password")


def check_login(login: str) -> None:
    """Raise ``LoginUnfit`` unless it is one short word."""
    if not _LOGIN.fullmatch(login):
        raise LoginUnfit(field="login")


def require_rank(actor: Actor, rank_of_actor: int, rank: int, name: str) -> None:
    """Raise ``RankTooHigh`` unless the actor stands above, or both are owners."""
    if actor.role != OWNER and rank >= rank_of_actor:
        raise RankTooHigh(name=name, field="role")


@dataclass(frozen=True, slots=True, repr=False)
class AddUser:
    """Let somebody sign in."""

    login: str
    name: str
    role: str
    password: str
    staff_id: StaffId | None = None
    language: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Give somebody another role."""

    user_id: UserId
    role: str
    version: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Deactivate:
    """Let somebody sign in no more; their acts stay theirs."""

    user_id: UserId
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True, repr=False)
class ResetPassword:
    """Set another's password: forgotten, or to let them in again."""

    user_id: UserId
    password: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True, repr=False)
class ChangePassword:
    """Set one's own password."""

    old: str
    new: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SetRight:
    """Grant a right to a role or take it away."""

    role: str
    right: str
    granted: bool
    key: str = field(default_factory=new_key)
