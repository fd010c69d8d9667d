# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a password, a recovery code or the key slots."""

from __future__ import annotations

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import N_


class WrongPassword(Refusal):
    """The name or the password does not fit; which of the two is not told."""

    wording = N_("The name or the password is not right. Nothing was changed. Try again.")

    def __init__(self) -> None:
        super().__init__(field="password")


class WrongRecoveryCode(Refusal):
    """Well written, but not this clinic's present code."""

    wording = N_(
        "This recovery code does not open this clinic. "
        "It may belong to another clinic, or a newer code has replaced it."
    )

    def __init__(self) -> None:
        super().__init__(field="recovery_code")


class GroupMistyped(Refusal):
    """A group's check character does not fit, or the group is in the wrong place."""

    wording = N_("Group {group} of the recovery code is mistyped or in the wrong place.")

    def __init__(self, group: int) -> None:
        super().__init__(field="recovery_code", group=group)


class CodeIncomplete(Refusal):
    """Not eight groups of five characters."""

    wording = N_("A recovery code has 8 groups of 5 characters; this has {count} characters.")

    def __init__(self, count: int) -> None:
        super().__init__(field="recovery_code", count=count)


class LoginTaken(Refusal):
    """Two people cannot sign in under one name."""

    wording = N_("Somebody already signs in under this name.")


class KeySlotsMissing(Trouble):
    """The clinic file is there, the key slots and their second copy are not."""

    what = N_("The key slots of this clinic are missing ({keys}).")
    safe = N_("The clinic file itself was not touched.")
    do = N_("Put the file ending in .keys back beside the clinic file, or restore a backup.")


class KeySlotsDamaged(Trouble):
    """Neither copy can be used."""

    what = N_("The key slots of this clinic are damaged, and so is their second copy.")
    safe = N_("The clinic file itself was not touched.")
    do = N_("Restore the newest backup; it carries its own key slots.")


class WeakSlots(KeySlotsDamaged):
    """A slot asks for less work per guess than this program accepts."""

    what = N_("The key slots were changed to be easier to guess, so they are refused.")


class KeySlotsForeign(Trouble):
    """The slots record another file's beginning."""

    what = N_(
        "The key slots beside this file belong to another clinic file, "
        "or the beginning of the file was overwritten."
    )
    safe = N_("Nothing was changed.")
    do = N_("Put the right .keys file beside it, or restore the newest backup.")


class KeySlotsTooNew(Trouble):
    """Written by a later program."""

    what = N_("The key slots were written by a newer version of ClinicDesk.")
    safe = N_("Nothing was changed.")
    do = N_("Open the clinic with that version, or install it here.")
