# SPDX-License-Identifier: Apache-2.0
"""What the guide says: pure texts, marked; ``{action.id}`` stands for the action's key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from clinicdesk.kernel.folding import fold
from clinicdesk.wording.text import N_

_KEY = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page.

    Attributes:
        id: of the panel it is about, or a word of its own.
        title: marked.
        paragraphs: marked, the most useful first.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]


PAGES: Final = (
    GuidePage("start", N_("The first steps"), (
        N_("Everything is done in one window. The names at the side are its pages; each has a "
           "key. {edit.find} opens one field that finds patients, appointments and every "
           "command by name."),
        N_("What you do is kept at once; there is no Save. A sentence at the lower edge says what "
           "was done, and {edit.undo} takes it back."),
        N_("{help.keys} shows the keys of the page you are on. All of them can be changed in the "
           "preferences, {tools.preferences}."),
        N_("Getting started, in the Help menu, lists what a new clinic does next; it ticks "
           "itself."),
    )),
    GuidePage("schedule", N_("Schedule"), (
        N_("{schedule.book} opens the booking bar at the selected slot: type some letters of the "
           "name, choose, press Enter. A name that is not found is registered on the spot."),
        N_("{schedule.forward} moves the visit on: arrived, in the room, check-out, done. "
           "{schedule.back} moves it back."),
        N_("Drag a card to move it, or its lower edge to change its length; M does the same by "
           "keyboard. Outside the open hours, and over another card, you are asked first."),
        N_("{schedule.today} comes back to now. Day, week, month and list are four views of one "
           "book; the month shows how full each day is."),
    )),
    GuidePage("waiting", N_("In the clinic"), (
        N_("Everybody who has arrived, the one who waits longest first. The ring fills with the "
           "minutes; after the time you set it turns red and says so."),
        N_("Select one and press {schedule.forward} to take them on."),
    )),
    GuidePage("patients", N_("Patients"), (
        N_("Type a part of a name, a birth date or a telephone number; accents and capitals do "
           "not matter. {patients.new} registers somebody."),
        N_("While you register, people who look alike are shown, so that nobody is entered "
           "twice. Two records of one person are merged from the card; nothing is lost."),
    )),
    GuidePage("patient", N_("Patient"), (
        N_("The card follows what you select anywhere. {view.patient} shows or hides it."),
        N_("Alerts stand on top and on the cards of the book. Who looked at a record is kept in "
           "the audit trail."),
        N_("Guarantor and insurance have dates: a change never alters what was charged before."),
    )),
    GuidePage("billing", N_("Billing"), (
        N_("One patient's account, as a list with an entry line that is always there: date, "
           "code, amount, Enter. {billing.take_payment} takes a payment."),
        N_("A payment is put on the oldest open charges unless you type other amounts. What is "
           "left over rests as credit."),
        N_("Nothing posted is ever changed. {billing.reverse} posts the opposite, with a reason, "
           "and both lines stay."),
    )),
    GuidePage("checkout", N_("Check-out"), (
        N_("Proposes what the kind of visit usually brings; add or take away lines, choose how "
           "it is paid, press Enter. The receipt has a number without gaps."),
    )),
    GuidePage("roster", N_("Roster"), (
        N_("Type into a day: 9-17, 9-12:30 13-17, L for leave, sick, off. {roster.fill} fills "
           "to the end of the week, {roster.copy_week} copies last week."),
        N_("A draft is dashed. {roster.publish} publishes the week, and from then on it is the "
           "open hours of the book. People without a shift keep their usual hours."),
        N_("Clashes and missing cover are told by an icon and in words at the lower edge."),
    )),
    GuidePage("stock", N_("Stock"), (
        N_("The bar shows what is there between the least and the most you want; the number is "
           "always beside it. What is urgent comes first."),
        N_("{stock.use} takes out, {stock.receive} puts in, {stock.count} counts a shelf. The "
           "lot that expires first goes first; what has expired is never offered."),
        N_("{stock.order} makes an order of what is low, in whole packs."),
    )),
    GuidePage("spending", N_("Spending"), (
        N_("{spending.new} enters an expense. One on account waits until it is paid with "
           "{spending.pay}."),
        N_("The budget is a grid of accounts and months: type, paste from a spreadsheet, or fill "
           "a row with {spending.fill}."),
    )),
    GuidePage("day_end", N_("Day end"), (
        N_("{closing.close_day}: count the drawer without seeing what is expected, then compare. "
           "A difference is kept with its reason, the rest goes to the bank."),
        N_("Visits that are not finished or not charged are listed first. A closed day takes no "
           "more postings; it is opened again only with a reason."),
    )),
    GuidePage("month_end", N_("Reports"), (
        N_("{closing.month_report} makes the month's papers. Until the month is closed every "
           "page says DRAFT."),
        N_("The proof page compares each figure with another way of adding it up. A closed month "
           "is kept as it was signed, byte for byte."),
    )),
    GuidePage("overview", N_("Overview"), (
        N_("The clinic at a glance. Every figure leads down to the lines it was added up from, "
           "and every chart can be shown as a table."),
    )),
    GuidePage("people", N_("People"), (
        N_("Who may sign in, and as what: reception, nurse, billing, clinician, manager, owner. "
           "Each role has its rights; the owner may change them."),
        N_("Everybody has a password of their own. Whoever leaves is shut out, not deleted: what "
           "they did stays theirs."),
    )),
    GuidePage("trail", N_("Audit trail"), (
        N_("Every act, and every look at a patient: who, when, what was there before and after. "
           "The entries are chained; checking the clinic file proves that none was changed."),
    )),
    GuidePage("backups", N_("Backups and recovery"), (
        N_("The daily backup is made while ClinicDesk is open and when it closes; the status bar "
           "tells its age. Choose its folder in the Clinic menu, best on another disk."),
        N_("A backup is one encrypted file. It is restored with a password of its day or with "
           "the recovery code; what was there before is kept beside it."),
        N_("If a password is lost, another owner sets a new one, or the recovery code does. "
           "Without password and code nobody can open the data."),
    )),
    GuidePage("privacy", N_("Locking and privacy"), (
        N_("{clinic.lock} draws a curtain over the window, and so do ten minutes without a "
           "touch. Drafts stay; no name is seen."),
        N_("ClinicDesk makes no connection to any network. The clinic is one encrypted file on "
           "this computer."),
    )),
)  # fmt: skip


def page_of(panel_id: str) -> GuidePage:
    """Return the page about a panel, or the first one."""
    return next((page for page in PAGES if page.id == panel_id), PAGES[0])


def with_keys(text: str, key_of: Callable[[str], str]) -> str:
    """Return a text with the keys of its actions written in."""
    return _KEY.sub(lambda found: key_of(found.group(1)), text)


def actions_in(pages: Iterable[GuidePage] = PAGES) -> frozenset[str]:
    """Return every action the guide speaks of."""
    texts = (text for page in pages for text in page.paragraphs)
    return frozenset(found for text in texts for found in _KEY.findall(text))


def matches(words: str, said: Iterable[str]) -> bool:
    """Tell whether all words stand in what a page says."""
    whole = fold(" ".join(said))
    return all(word in whole for word in fold(words).split())
