# SPDX-License-Identifier: Apache-2.0
"""Changing what a clinic is called and where it is; currency, zone and country stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.storage.clinic import CLINIC
from clinicdesk.storage.keys import KeyRing
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import clinic
from clinicdesk.wording.text import N_

MAY_EDIT_SETTINGS = Permission("settings.edit", N_("Change the clinic's name and address"))
SAVED = N_("The clinic's particulars are saved.")


class ClinicNameNeeded(Refusal):
    """Papers need a head."""

    wording = N_("Enter the clinic's name.")


@dataclass(frozen=True, slots=True)
class SaveParticulars:
    """Change what stands at the head of papers.

    Attributes:
        address: lines separated by newline.
    """

    name: str
    address: str
    phone: str
    tax_number: str
    key: str = field(default_factory=new_key)


def save_particulars(
    records: Records, ring: KeyRing, command: SaveParticulars, actor: Actor
) -> Done[str]:
    """Write them; papers sealed before keep their head. Undone, the earlier ones are back."""
    actor.require(MAY_EDIT_SETTINGS)
    name = clean(command.name)
    if not name:
        raise ClinicNameNeeded(field="name")
    told = {
        "name": name,
        "address": "\n".join(filter(None, map(clean, command.address.splitlines()))),
        "phone": clean(command.phone),
        "tax_number": clean(command.tax_number),
    }
    earlier = {key: str(getattr(records.profile, key)) for key in told}
    with records.write(actor, "settings.save_clinic", command.key) as work:
        if work.earlier is None:
            values = {**told, "version": clinic.c.version + 1}
            work.execute(clinic.update().where(clinic.c.id == 1).values(**values))
            work.note(CLINIC, 1)
            work.record("clinic", 1, before=earlier, after=told)
            work.remember({"id": 1})
    ring.set_name(name)
    back = SaveParticulars(**earlier, key=f"{command.key}-back")
    return Done(name, SAVED, undo=partial(save_particulars, records, ring, back, actor))
