# SPDX-License-Identifier: Apache-2.0
"""The words for states, marked for translation, for screens, lists and paper alike."""

from __future__ import annotations

from clinicdesk.schedule.model.rules import Look
from clinicdesk.schedule.model.states import Contact
from clinicdesk.wording.text import N_, Term

LOOK_WORDS = {
    Look.BOOKED: Term(N_("Booked")),
    Look.MESSAGE: Term(N_("Message left")),
    Look.CONFIRMED: Term(N_("Confirmed")),
    Look.ARRIVED: Term(N_("Waiting")),
    Look.IN_ROOM: Term(N_("In room")),
    Look.CHECKOUT: Term(N_("Checkout")),
    Look.DONE: Term(N_("Done")),
    Look.NO_SHOW: Term(N_("Did not attend")),
    Look.CANCELLED: Term(N_("Cancelled")),
    Look.BLOCK: Term(N_("Kept free")),
}
CONTACT_WORDS = {
    Contact.UNCONFIRMED: Term(N_("Not reached")),
    Contact.MESSAGE: Term(N_("Message left")),
    Contact.CONFIRMED: Term(N_("Confirmed")),
}
ACTION_WORDS = {
    "booked": Term(N_("Booked")),
    "moved": Term(N_("Moved")),
    "resized": Term(N_("Length changed")),
    "state": Term(N_("State changed")),
    "contact": Term(N_("Contact state changed")),
    "cancelled": Term(N_("Cancelled")),
    "no_show": Term(N_("Did not attend")),
    "restored": Term(N_("Restored")),
    "patient": Term(N_("Patient changed")),
    "edited": Term(N_("Changed")),
}

# Reasons offered for a cancellation. What is kept is the key, or the words somebody typed.
CANCEL_REASONS = {
    "patient": Term(N_("Patient cancelled")),
    "illness": Term(N_("Patient ill")),
    "work": Term(N_("Work or school")),
    "transport": Term(N_("No transport")),
    "other_time": Term(N_("Another time wanted")),
    "recovered": Term(N_("No longer needed")),
    "elsewhere": Term(N_("Went elsewhere")),
    "clinic": Term(N_("Cancelled by the clinic")),
    "left": Term(N_("Left without being seen")),
    "mistake": Term(N_("Booked by mistake")),
}


def reason_word(kept: str) -> str:
    """Return a kept reason as a marked word, or as it was typed."""
    return CANCEL_REASONS.get(kept, kept)
