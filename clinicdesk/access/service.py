# SPDX-License-Identifier: Apache-2.0
"""Signing in, users and their roles, passwords, the audit trail.

Where a change concerns the file and the key slots, the slots are written inside the file's
transaction, which so also keeps other programs from changing them at the same time. Cut off
between the two, either a slot is left that opens for nobody (``sign_in`` refuses it, and the next
manager or owner to sign in clears it away), or a user without a slot, whose password is set anew.
"""

from __future__ import annotations

import secrets
from functools import partial

from clinicdesk.access import queries
from clinicdesk.access.model import (
    MAY_MANAGE_USERS,
    MAY_READ_TRAIL,
    OWNER,
    AddUser,
    ChangePassword,
    ChangeRole,
    Deactivate,
    LastOwner,
    NameMissing,
    NoSuchRole,
    NoSuchUser,
    NotActive,
    NotForYourself,
    OldPasswordWrong,
    ResetPassword,
    SetRight,
    check_login,
    check_password,
    require_rank,
)
from clinicdesk.access.queries import RoleRow, TrailQuestion, TrailRow, UserRow
from clinicdesk.access.repository import UserRepository
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.storage.clinic_file import Opened
from clinicdesk.storage.files import desk_folder
from clinicdesk.storage.keys import KeyRing, LoginTaken, RecoveryCode
from clinicdesk.storage.keys.slots import who_tag
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.storage.throttle import Throttle
from clinicdesk.wording.text import N_


class Access:
    """Use cases of the department.

    ``ring`` is that of the opened clinic; without it nothing about passwords can be done.
    """

    def __init__(self, records: Records, ring: KeyRing | None = None) -> None:
        self._records = records
        self._ring = ring

    # ── Signing in ───────────────────────────────────────────────────────────────────────────

    def establish(self, opened: Opened, login: str, name: str) -> Actor:
        """Make the roles and the first owner of a new clinic, whose slot was made with it."""
        check_login(login)
        founder = Actor(UserId(1), clean(name), OWNER, frozenset(), _sitting())
        with self._records.write(founder, "access.establish") as work:
            repository = UserRepository(work)
            repository.ship_roles()
            role = _role(work, OWNER)
            user_id = repository.add(login, founder.name, role.id, opened.slot_id)
            work.record("user", user_id, category="security", after={"login": login})
        return Actor(user_id, founder.name, OWNER, role.rights, founder.sitting)

    def sign_in(self, opened: Opened) -> Actor:
        """Return who opened the clinic; the recovery code stands for the first owner.

        Raises:
            NoSuchUser: the slot is nobody's, left by a change that was cut off.
            NotActive: somebody who was shut out.
        """
        with self._records.read() as reading:
            user = (
                queries.first_owner(reading)
                if opened.by_recovery
                else queries.user_of_slot(reading, opened.slot_id)
            )
            if user is None:
                raise NoSuchUser
            if not user.active:
                raise NotActive
            actor = _actor(reading, user, _sitting())
        action = "access.sign_in_by_recovery" if opened.by_recovery else "access.sign_in"
        with self._records.write(actor, action) as work:
            work.record("user", user.id, category="security")
            if actor.may(MAY_MANAGE_USERS):
                active = (kept for kept in queries.users(work) if kept.active)
                opened.ring.keep_only({kept.slot_id for kept in active})
        return actor

    def sign_out(self, actor: Actor) -> None:
        """Note that somebody left."""
        with self._records.write(actor, "access.sign_out") as work:
            work.record("user", actor.user_id, category="security")

    def login_of(self, actor: Actor) -> str:
        """Return the name somebody signs in with."""
        with self._records.read() as reading:
            return _user(reading, actor.user_id).login

    def refreshed(self, actor: Actor) -> Actor:
        """Return the actor with the role and rights held now; asked whenever users change."""
        with self._records.read() as reading:
            user = queries.user(reading, actor.user_id)
            if user is None or not user.active:
                raise NotActive
            return _actor(reading, user, actor.sitting)

    def at_this_desk(self) -> tuple[UserRow, ...]:
        """Return who may sign in, for the tiles of the locked window; anybody inside may see it."""
        with self._records.read() as reading:
            return tuple(user for user in queries.users(reading) if user.active)

    # ── Users ────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def staff_of(reading: Reading, actor: Actor) -> int | None:
        """Return who of the staff an actor is, None if nobody linked them."""
        return queries.staff_of(reading, actor.user_id)

    def users(self, actor: Actor) -> tuple[UserRow, ...]:
        """Return every user."""
        actor.require(MAY_MANAGE_USERS)
        with self._records.read() as reading:
            return queries.users(reading)

    def roles(self, actor: Actor) -> tuple[RoleRow, ...]:
        """Return every role with its rights."""
        actor.require(MAY_MANAGE_USERS)
        with self._records.read() as reading:
            return queries.roles(reading)

    def add_user(self, command: AddUser, actor: Actor) -> Done[UserId]:
        """Let somebody sign in."""
        actor.require(MAY_MANAGE_USERS)
        check_login(command.login)
        name = clean(command.name)
        if not name:
            raise NameMissing(field="name")
        self._check_password(command.password, command.role, command.login, name)
        slot = self._keys.slot_for(command.login, command.password)
        with self._records.write(actor, "access.add_user", command.key) as work:
            if work.earlier is not None:
                return Done(UserId(work.earlier["id"]), _ADDED, {"name": name})
            role = _role(work, command.role)
            require_rank(actor, _rank(work, actor), role.rank, name)
            if any(user.login == command.login for user in queries.users(work)):
                raise LoginTaken(field="login")
            user_id = UserRepository(work).add(
                command.login, name, role.id, slot.slot_id, command.staff_id, command.language
            )
            work.record(
                "user",
                user_id,
                category="security",
                after={"login": command.login, "name": name, "role": role.key},
            )
            work.remember({"id": user_id})
            self._keys.keep(slot)
        return Done(user_id, _ADDED, {"name": name})

    def change_role(self, command: ChangeRole, actor: Actor) -> Done[UserId]:
        """Give somebody another role; it holds from their next act."""
        actor.require(MAY_MANAGE_USERS)
        if command.user_id == actor.user_id:
            raise NotForYourself(field="role")
        with self._records.write(actor, "access.change_role", command.key) as work:
            user = _user(work, command.user_id)
            role = _role(work, command.role)
            if work.earlier is None:
                own = _rank(work, actor)
                require_rank(actor, own, max(user.rank, role.rank), user.name)
                if role.key != OWNER:
                    _refuse_last_owner(work, user)
                UserRepository(work).change(user.id, command.version, role_id=role.id)
                work.record(
                    "user",
                    user.id,
                    category="security",
                    before={"role": user.role},
                    after={"role": role.key},
                )
                work.remember({"id": user.id})
        back = ChangeRole(user.id, user.role, command.version + 1)
        return Done(
            user.id,
            N_("{name} has another role now."),
            {"name": user.name},
            undo=partial(self.change_role, back, actor),
        )

    def deactivate(self, command: Deactivate, actor: Actor) -> Done[UserId]:
        """Let somebody sign in no more: neither this file nor any later backup."""
        actor.require(MAY_MANAGE_USERS)
        if command.user_id == actor.user_id:
            raise NotForYourself
        with self._records.write(actor, "access.deactivate", command.key) as work:
            user = _user(work, command.user_id)
            if work.earlier is None and user.active:
                require_rank(actor, _rank(work, actor), user.rank, user.name)
                _refuse_last_owner(work, user)
                UserRepository(work).change(user.id, user.version, active=False)
                work.record(
                    "user",
                    user.id,
                    category="security",
                    before={"active": True},
                    after={"active": False},
                )
                work.remember({"id": user.id})
                self._keys.drop(user.slot_id)
        return Done(user.id, N_("{name} may not sign in any more."), {"name": user.name})

    def reset_password(self, command: ResetPassword, actor: Actor) -> Done[UserId]:
        """Set another's password; lets somebody shut out in again."""
        actor.require(MAY_MANAGE_USERS)
        with self._records.read() as reading:
            user = _user(reading, command.user_id)
        self._check_password(command.password, user.role, user.login, user.name)
        slot = self._keys.slot_for(user.login, command.password, user.slot_id)
        with self._records.write(actor, "access.reset_password", command.key) as work:
            user = _user(work, command.user_id)
            if work.earlier is None:
                if user.id != actor.user_id:
                    require_rank(actor, _rank(work, actor), user.rank, user.name)
                UserRepository(work).change(user.id, user.version, active=True)
                work.record(
                    "user",
                    user.id,
                    category="security",
                    before={"active": user.active},
                    after={"active": True},
                )
                work.remember({"id": user.id})
                self._keys.keep(slot)
        self._let_try_again(user.login)
        return Done(user.id, N_("{name} has a new password."), {"name": user.name})

    def change_password(self, command: ChangePassword, actor: Actor) -> Done[UserId]:
        """Set one's own password, knowing the old one."""
        if not self._keys.is_password(command.old):
            raise OldPasswordWrong(field="old")
        with self._records.read() as reading:
            user = _user(reading, actor.user_id)
        self._check_password(command.new, user.role, user.login, user.name)
        slot = self._keys.slot_for(user.login, command.new, user.slot_id)
        with self._records.write(actor, "access.change_password", command.key) as work:
            if work.earlier is None:
                work.record("user", user.id, category="security")
                work.remember({"id": user.id})
                self._keys.keep(slot)
        return Done(user.id, N_("Your password is changed."))

    def set_right(self, command: SetRight, actor: Actor) -> Done[str]:
        """Grant a right to a role or take it away; the owner's role keeps all of its own."""
        actor.require(MAY_MANAGE_USERS)
        with self._records.write(actor, "access.set_right", command.key) as work:
            role = _role(work, command.role)
            if work.earlier is None:
                require_rank(actor, _rank(work, actor), role.rank, role.key)
                if role.key == OWNER:
                    raise LastOwner(name=actor.name)
                if command.granted and command.right not in _role(work, actor.role).rights:
                    raise NotForYourself  # nobody hands out what they do not hold
                UserRepository(work).set_right(role.id, command.right, granted=command.granted)
                work.record(
                    "role",
                    role.id,
                    category="security",
                    before={command.right: command.right in role.rights},
                    after={command.right: command.granted},
                )
                work.remember({"id": role.id})
        back = SetRight(command.role, command.right, not command.granted)
        return Done(
            role.key, N_("The rights of the role are changed."),
            undo=partial(self.set_right, back, actor),
        )  # fmt: skip

    def new_recovery_code(self, password: str, actor: Actor) -> RecoveryCode:
        """Replace the recovery code; only an owner, with their password."""
        if actor.role != OWNER:
            raise NotAllowed(_NEW_CODE, actor.role)
        if not self._keys.is_password(password):
            raise OldPasswordWrong(field="password")
        with self._records.write(actor, "access.new_recovery_code") as work:
            work.record("clinic", 1, category="security")
            return self._keys.new_recovery_code()

    # ── The trail ────────────────────────────────────────────────────────────────────────────

    def trail(self, question: TrailQuestion, actor: Actor) -> tuple[TrailRow, ...]:
        """Return entries of the audit trail, the newest first."""
        actor.require(MAY_READ_TRAIL)
        with self._records.read() as reading:
            return queries.trail(reading, question)

    # ── Inside ───────────────────────────────────────────────────────────────────────────────

    @property
    def _keys(self) -> KeyRing:
        if self._ring is None:
            raise RuntimeError("this Access was made without the keys of the clinic")
        return self._ring

    def _let_try_again(self, login: str) -> None:
        """Forgive wrong tries at this desk: with a new password nobody has to wait."""
        throttle = Throttle(self._keys.clinic_file, desk_folder())
        throttle.forgive(who_tag(self._keys.clinic, login))

    def _check_password(self, password: str, role: str, login: str, name: str) -> None:
        check_password(password, role, (login, name, self._records.profile.name))


_ADDED = N_("{name} may sign in now.")
_NEW_CODE = N_("Make a new recovery code")


def _sitting() -> str:
    return secrets.token_hex(8)


def _actor(reading: Reading, user: UserRow, sitting: str) -> Actor:
    return Actor(user.id, user.name, user.role, _role(reading, user.role).rights, sitting)


def _role(reading: Reading, key: str) -> RoleRow:
    for role in queries.roles(reading):
        if role.key == key:
            return role
    raise NoSuchRole(field="role")


def _rank(reading: Reading, actor: Actor) -> int:
    """Return the actor's rank as the file has it now."""
    return _user(reading, actor.user_id).rank


def _user(reading: Reading, user_id: UserId) -> UserRow:
    user = queries.user(reading, user_id)
    if user is None:
        raise NoSuchUser
    return user


def _refuse_last_owner(work: UnitOfWork, user: UserRow) -> None:
    if user.role == OWNER and user.active and queries.owner_count(work) == 1:
        raise LastOwner(name=user.name, field="role")
