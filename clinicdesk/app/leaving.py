# SPDX-License-Identifier: Apache-2.0
"""How a sitting ends, and what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from clinicdesk.kernel.actors import Actor


class Next(Enum):
    """What comes after."""

    QUIT = "quit"
    SIGN_IN = "sign-in"  # the same clinic, asked who
    START = "start"  # another clinic
    SWITCH = "switch"  # another person, who gave their password under the curtain
    RENEW = "renew"  # the same person, whose rights were changed
    REMOVE_DEMO = "remove-demo"  # the demo clinic's file goes for good
    RESTORE = "restore"  # a backup takes the clinic's place


@dataclass(frozen=True, slots=True, repr=False)
class Entrance:
    """A name and a password, given but not tried yet; or a recovery code with a new password."""

    user: str = ""
    password: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Leaving:
    """One ending.

    Attributes:
        entrance: who comes next, or who restores.
        backup: what is restored.
        actor: the person with the rights held now, to go on with.
        note: a sentence for the next window.
        backup_to: where a backup has to go before the clinic is closed; it is open still.
    """

    next: Next
    entrance: Entrance = Entrance()
    backup: Path | None = None
    actor: Actor | None = None
    note: str = ""
    backup_to: Path | None = None
