# SPDX-License-Identifier: Apache-2.0
"""The appointment book: who is with whom, when, in what state; and the visit that comes of it.

Responsible for booking, moving, cancelling and stepping appointments, for time kept free
(blocks), the waiting room, the waitlist, and for opening and closing visits. A slot is never
taken twice unless somebody with the right said so.

Glossary:
    appointment: a span of one provider's time for one patient.
    block: a span kept free of patients (lunch, meeting); an appointment of kind ``block``.
    booking state: booked, arrived, in_room, checkout, done; or no_show, cancelled.
    contact state: unconfirmed, message (left), confirmed; apart from the booking state.
    visit: what took place, opened at arrival; charges hang on it.
    overbook: deliberately beside another appointment.
    walk-in: booked and arrived in one act.
    slot: wall start, fold and minutes; its UTC span is derived.
    waitlist: patients who wish for an appointment without having a date.

It does not know money (it only shows whether something is due), people's data beyond the name,
rosters (asked of ``staff``), or what was done in the visit.
"""
