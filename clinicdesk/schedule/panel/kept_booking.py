# SPDX-License-Identifier: Apache-2.0
"""A booking under way as a draft: what stands in the bar, and the bar as it was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from clinicdesk.patients.queries import PatientHit
from clinicdesk.schedule.panel.booking_draft import Opening
from clinicdesk.schedule.panel.patient_hits import NewPatient

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.booking_bar import BookingBar

Draft = dict[str, Any]


class KeepsBooking:
    """What the page of the book says of the booking in its bar, to whoever keeps drafts."""

    bar: BookingBar

    def draft(self) -> Draft | None:
        return kept(self.bar)

    def take_draft(self, draft: Draft) -> None:
        put_back(self.bar, draft)


def kept(bar: BookingBar) -> Draft | None:
    """Return what stands in an open bar that says at least for whom or why."""
    fields = bar.fields
    typed, note = fields.patient.text().strip(), fields.note.text().strip()
    if bar.isHidden() or not (typed or note):
        return None
    draft, who = bar.draft(), fields.patient.choice
    return {
        "patient": who.id if isinstance(who, PatientHit) else 0,
        "name": typed,
        "new": isinstance(who, NewPatient),
        "born": fields.born.text(),
        "phone": fields.phone.text(),
        "type": draft.type_id,
        "provider": fields.provider.value(),
        "starts": None if draft.starts is None else draft.starts.isoformat(),
        "fold": draft.fold,
        "minutes": draft.minutes,
        "note": note,
        "walk_in": draft.walk_in,
    }


def put_back(bar: BookingBar, draft: Draft) -> None:
    """Open the bar as it was left."""
    starts = draft["starts"]
    bar.open_bar(
        Opening(
            patient_id=draft["patient"],
            name=draft["name"],
            provider_id=draft["provider"],
            starts=None if starts is None else datetime.fromisoformat(starts),
            fold=draft["fold"],
            minutes=draft["minutes"],
            type_id=draft["type"],
            note=draft["note"],
            walk_in=draft["walk_in"],
        )
    )
    fields = bar.fields
    if draft["new"]:
        fields.patient.choose(NewPatient(draft["name"]))
        fields.born.setText(draft["born"])
        fields.phone.setText(draft["phone"])
    elif not draft["patient"]:
        fields.patient.setText(draft["name"])
