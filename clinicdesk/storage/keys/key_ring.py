# SPDX-License-Identifier: Apache-2.0
"""The two copies of the key slots beside a clinic file: opened, changed and mended."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.files import beside, replace_bytes
from clinicdesk.storage.keys.cost import KEY_BYTES, STRONG, KdfCost
from clinicdesk.storage.keys.document import LARGEST, LONGEST_NAME, KeyDocument
from clinicdesk.storage.keys.recovery_code import RecoveryCode
from clinicdesk.storage.keys.slots import (
    Slot,
    password_bytes,
    recovery_slot,
    user_slot,
    who_tag,
)
from clinicdesk.storage.keys.troubles import (
    KeySlotsDamaged,
    KeySlotsMissing,
    LoginTaken,
    WrongPassword,
    WrongRecoveryCode,
)

FIRST = ".keys"
SECOND = ".keys2"


class Way(Protocol):
    """How somebody asks to be let in."""

    @property
    def secret(self) -> bytes:
        """What the slot's key is derived from."""
        ...

    def slot_in(self, document: KeyDocument) -> Slot | None:
        """Return the slot to try."""
        ...

    def refused(self, cost: KdfCost, *, known: bool) -> Refusal:
        """Return what to say when it does not fit."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class ByPassword:
    """A user's name and password."""

    login: str
    password: str

    @property
    def secret(self) -> bytes:
        """The password's bytes in its normal form."""
        return password_bytes(self.password)

    def slot_in(self, document: KeyDocument) -> Slot | None:
        """Return the login's slot."""
        tag = who_tag(document.clinic, self.login)
        return next((slot for slot in document.slots if slot.who == tag), None)

    def refused(self, cost: KdfCost, *, known: bool) -> Refusal:
        """Say the same, and take as long, whether the name exists or not."""
        if not known:
            cost.user.derive(self.secret, bytes(16))
        return WrongPassword()


@dataclass(frozen=True, slots=True, repr=False)
class ByCode:
    """The recovery code from paper."""

    code: RecoveryCode

    @property
    def secret(self) -> bytes:
        """Its data characters."""
        return self.code.secret

    def slot_in(self, document: KeyDocument) -> Slot | None:
        """Return the recovery slot."""
        return next((slot for slot in document.slots if slot.kind == "recovery"), None)

    def refused(self, cost: KdfCost, *, known: bool) -> Refusal:
        """Say that the code is another one's."""
        return WrongRecoveryCode()


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of a clinic that somebody opened.

    Attributes:
        clinic_file: whose keys these are.
        data_key: encrypts the clinic file.
        backup_key: encrypts its backups.
        slot_id: which slot was opened.
        kind: ``user`` or ``recovery``.
        clinic: the clinic's uuid.
        cost: what new slots cost.
    """

    clinic_file: Path
    data_key: bytes
    backup_key: bytes
    slot_id: str
    kind: str
    clinic: str
    cost: KdfCost = field(default=STRONG)

    def document(self) -> KeyDocument:
        """Read the present document; raise ``KeySlotsDamaged`` if neither copy is genuine."""
        copies = candidates(self.clinic_file, self.cost)
        genuine = [copy for copy in copies if copy.is_genuine(self.data_key)]
        if not genuine:
            raise KeySlotsDamaged
        return genuine[0]

    def mend(self) -> None:
        """Make both copies the present document again, if one is behind or damaged."""
        body = self.document().as_bytes()
        if any(_read(path) != body for path in copies_of(self.clinic_file)):
            write_copies(self.clinic_file, body)

    def slot_for(self, login: str, password: str, slot_id: str = "") -> Slot:
        """Make a slot without keeping it yet: this takes the time of one guess."""
        return user_slot(self.clinic, login, password, self.data_key, self.cost, slot_id)

    def keep(self, slot: Slot) -> None:
        """Keep a new slot, or the newly locked one of the same id.

        Raises:
            LoginTaken: another slot has the same login.
        """
        document = self.document()
        others = [kept for kept in document.slots if kept.slot_id != slot.slot_id]
        if slot.kind == "user" and any(kept.who == slot.who for kept in others):
            raise LoginTaken(field="login")
        self._put(document, (*others, slot))

    def drop(self, slot_id: str) -> None:
        """Forget a slot: its password opens neither the file nor later backups."""
        document = self.document()
        self._put(document, tuple(kept for kept in document.slots if kept.slot_id != slot_id))

    def keep_only(self, slot_ids: Collection[str]) -> None:
        """Forget every user's slot that no user has: left by a change that was cut off."""
        document = self.document()
        kept = tuple(
            slot for slot in document.slots if slot.kind != "user" or slot.slot_id in slot_ids
        )
        if len(kept) < len(document.slots):
            self._put(document, kept)

    def new_recovery_code(self) -> RecoveryCode:
        """Replace the recovery code; the old one opens nothing made from now on."""
        code = RecoveryCode.fresh()
        slot = recovery_slot(self.clinic, code, self.data_key, self.backup_key, self.cost)
        document = self.document()
        users = tuple(kept for kept in document.slots if kept.kind == "user")
        self._put(document, (*users, slot))
        return code

    def set_name(self, name: str) -> None:
        """Keep the clinic's name where it can be read before anybody signs in."""
        document = self.document()
        if document.name != name[:LONGEST_NAME]:
            body = document.changed(self.data_key, name=name[:LONGEST_NAME]).as_bytes()
            write_copies(self.clinic_file, body)

    def is_password(self, password: str) -> bool:
        """Tell whether the password is that of the slot this ring was opened by."""
        secret = password_bytes(password)
        return any(
            slot.slot_id == self.slot_id
            and slot.kind == "user"
            and slot.opened_by(self.clinic, secret) == self.data_key
            for slot in self.document().slots
        )

    def _put(self, document: KeyDocument, slots: tuple[Slot, ...]) -> None:
        write_copies(self.clinic_file, document.changed(self.data_key, slots=slots).as_bytes())


@dataclass(frozen=True, slots=True, repr=False)
class NewKeys:
    """The keys of a clinic about to be made; nothing is written yet."""

    ring: KeyRing
    slots: tuple[Slot, ...]
    code: RecoveryCode

    @classmethod
    def make(
        cls,
        clinic_file: Path,
        clinic: str,
        way: ByPassword,
        cost: KdfCost = STRONG,
        code: RecoveryCode | None = None,
    ) -> NewKeys:
        """Draw the keys and lock them for the first owner and the recovery code.

        ``code`` is one that somebody has on paper already; else a fresh one.
        """
        data_key, backup_key = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
        code = code or RecoveryCode.fresh()
        owner = user_slot(clinic, way.login, way.password, data_key, cost)
        recovery = recovery_slot(clinic, code, data_key, backup_key, cost)
        ring = KeyRing(clinic_file, data_key, backup_key, owner.slot_id, "user", clinic, cost)
        return cls(ring, (owner, recovery), code)

    def write(self, file: str, name: str = "") -> None:
        """Write both copies, for the file that begins with these bytes (hex)."""
        ring = self.ring
        document = KeyDocument.fresh(
            ring.clinic, file, self.slots, ring.data_key, ring.backup_key, name
        )
        write_copies(ring.clinic_file, document.as_bytes())


def copies_of(clinic_file: Path) -> tuple[Path, Path]:
    """Return where the key slots and their second copy are."""
    return beside(clinic_file, FIRST), beside(clinic_file, SECOND)


def write_copies(clinic_file: Path, body: bytes) -> None:
    """Write both copies, one after the other, each whole or not at all."""
    for path in copies_of(clinic_file):
        replace_bytes(path, body)


def candidates(clinic_file: Path, cost: KdfCost = STRONG) -> list[KeyDocument]:
    """Return the well-formed copies, the newer first.

    Raises:
        KeySlotsMissing: there is no copy.
        Trouble: no copy is well formed; what is wrong with the first.
    """
    documents: list[KeyDocument] = []
    wrong: Trouble | None = None
    for path in copies_of(clinic_file):
        body = _read(path)
        if body is None:
            continue
        try:
            documents.append(KeyDocument.of_bytes(body, cost))
        except Trouble as trouble:
            wrong = wrong or trouble
    if documents:
        return sorted(documents, key=lambda document: -document.serial)
    if wrong is not None:
        raise wrong
    raise KeySlotsMissing(keys=copies_of(clinic_file)[0].name)


def open_ring(
    clinic_file: Path, documents: Sequence[KeyDocument], way: Way, cost: KdfCost = STRONG
) -> KeyRing:
    """Open the keys; an older copy counts only when the newer one is provably damaged.

    Otherwise a password that was just replaced would live on in the second copy.

    Raises:
        Refusal: the password or the code does not fit.
    """
    tried: list[Slot] = []
    for document in documents:
        slot = way.slot_in(document)
        if slot is None or slot in tried:
            continue
        tried.append(slot)
        data_key = slot.opened_by(document.clinic, way.secret)
        if data_key is None:
            continue
        present = next((copy for copy in documents if copy.is_genuine(data_key)), None)
        if present is None:
            raise KeySlotsDamaged
        if way.slot_in(present) != slot:
            continue
        backup_key = present.backup_key(data_key)
        return KeyRing(
            clinic_file, data_key, backup_key, slot.slot_id, slot.kind, present.clinic, cost
        )
    raise way.refused(cost, known=bool(tried))


def _read(path: Path) -> bytes | None:
    """Return a copy's bytes, or None where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (FileNotFoundError, IsADirectoryError):
        return None
