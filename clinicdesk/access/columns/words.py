# SPDX-License-Identifier: Apache-2.0
"""What the codes of the audit trail are called; a code without words is shown as it is."""

from __future__ import annotations

from clinicdesk.access.model import TITLES
from clinicdesk.wording.text import N_, Term

ACTIONS = {
    "access.add_user": N_("Person added"),
    "access.change_password": N_("Own password changed"),
    "access.change_role": N_("Role changed"),
    "access.deactivate": N_("Person shut out"),
    "access.establish": N_("Clinic made"),
    "access.new_recovery_code": N_("New recovery code"),
    "access.reset_password": N_("Password set by another"),
    "access.set_right": N_("Right of a role changed"),
    "access.sign_in": N_("Signed in"),
    "access.sign_in_by_recovery": N_("Signed in by recovery code"),
    "access.sign_out": N_("Signed out"),
    "billing.agree_plan": N_("Instalments agreed"),
    "billing.allocate": N_("Credit put on charges"),
    "billing.bounce": N_("Payment bounced"),
    "billing.charge": N_("Charged"),
    "billing.check_out": N_("Checked out"),
    "billing.import_fees": N_("Prices imported"),
    "billing.print_receipt": N_("Receipt printed"),
    "billing.print_statement": N_("Statement printed"),
    "billing.refund": N_("Refunded"),
    "billing.remittance": N_("Remittance posted"),
    "billing.reverse": N_("Entry reversed"),
    "billing.save_fees": N_("Prices changed"),
    "billing.save_tax_code": N_("Tax code changed"),
    "billing.sell_package": N_("Package sold"),
    "billing.take_back": N_("Payment taken back"),
    "billing.take_payment": N_("Payment taken"),
    "billing.transfer": N_("Responsibility moved"),
    "billing.use_package": N_("Package used"),
    "billing.view_account": N_("Account seen"),
    "billing.view_debtors": N_("Debtors seen"),
    "billing.view_paper": N_("Issued paper seen"),
    "billing.view_receipts": N_("Receipts seen"),
    "billing.write_off": N_("Written off"),
    "closing.day_report": N_("Day report made"),
    "closing.close_day": N_("Day closed"),
    "closing.reopen_day": N_("Day opened again"),
    "closing.reopen_month": N_("Month opened again"),
    "closing.close_month": N_("Month closed"),
    "closing.report": N_("Report made"),
    "demo.ahead": N_("Demo: appointments ahead"),
    "demo.book": N_("Demo: appointments"),
    "demo.month": N_("Demo: month"),
    "demo.post": N_("Demo: charges and payments"),
    "demo.register": N_("Demo: patients"),
    "demo.settle": N_("Demo: accounts settled"),
    "demo.stock": N_("Demo: supplies"),
    "ledger.seed": N_("Accounts set up"),
    "moving.import_appointments": N_("Appointments imported"),
    "moving.import_synthea": N_("Patients imported"),
    "overview.rows": N_("Rows behind a figure seen"),
    "patients.add_alert": N_("Alert added"),
    "patients.add_coverage": N_("Cover added"),
    "patients.add_note": N_("Note added"),
    "patients.add_payer": N_("Payer added"),
    "patients.edit": N_("Patient changed"),
    "patients.end_alert": N_("Alert ended"),
    "patients.merge": N_("Records merged"),
    "patients.record_consent": N_("Consent recorded"),
    "patients.register": N_("Patient registered"),
    "patients.register_many": N_("Patients registered"),
    "patients.set_guarantor": N_("Guarantor changed"),
    "patients.view": N_("Patient seen"),
    "list.leave": N_("List printed or saved"),
    "schedule.add_to_waitlist": N_("Put on the waiting list"),
    "schedule.archive_type": N_("Appointment type archived"),
    "schedule.book_wish": N_("Booked off the waiting list"),
    "schedule.block": N_("Time blocked"),
    "schedule.book": N_("Appointment booked"),
    "schedule.book_series": N_("Series booked"),
    "schedule.cancel": N_("Appointment cancelled"),
    "schedule.change_patient": N_("Appointment given to another patient"),
    "schedule.contact": N_("Confirmation noted"),
    "schedule.edit": N_("Appointment changed"),
    "schedule.move": N_("Appointment moved"),
    "schedule.no_show": N_("Did not come"),
    "schedule.print_day_sheet": N_("Day sheet printed"),
    "schedule.read_history": N_("History of an appointment seen"),
    "schedule.read_patient": N_("Appointments of a patient seen"),
    "schedule.recompute_spans": N_("Times recomputed"),
    "schedule.resize": N_("Appointment length changed"),
    "schedule.restore": N_("Appointment restored"),
    "schedule.save_type": N_("Appointment type changed"),
    "schedule.settle_waiting": N_("Taken off the waiting list"),
    "schedule.step": N_("Visit went on"),
    "schedule.walk_in": N_("Came without appointment"),
    "spending.add_account": N_("Account of costs added"),
    "spending.enter": N_("Expense entered"),
    "spending.pay": N_("Bill paid"),
    "spending.plan": N_("Budget changed"),
    "spending.take_back": N_("Expense taken back"),
    "spending.unpay": N_("Payment of a bill taken back"),
    "staff.add": N_("Staff member added"),
    "staff.add_resource": N_("Room or equipment added"),
    "staff.add_shifts": N_("Shifts added"),
    "staff.ask_leave": N_("Leave asked for"),
    "staff.ask_swap": N_("Swap of shifts asked for"),
    "staff.ask_take": N_("Open shift asked for"),
    "staff.close": N_("Closed days set"),
    "staff.copy_week": N_("Roster copied from the week before"),
    "staff.decide": N_("Request decided"),
    "staff.edit": N_("Staff member changed"),
    "staff.plan": N_("Day planned"),
    "staff.print_roster": N_("Roster printed"),
    "staff.publish": N_("Roster published"),
    "staff.reopen": N_("Request opened again"),
    "staff.save_member": N_("Staff member saved"),
    "staff.set_hours": N_("Hours changed"),
    "staff.set_needs": N_("Need of staff changed"),
    "staff.take_back": N_("Roster made a draft again"),
    "staff.withdraw": N_("Request withdrawn"),
    "stock.add_item": N_("Item added"),
    "stock.adjust": N_("Stock corrected"),
    "stock.archive_item": N_("Item archived or restored"),
    "stock.close_order": N_("Order closed"),
    "stock.correct_lot": N_("Lot corrected"),
    "stock.count": N_("Shelf counted"),
    "stock.discard": N_("Supplies discarded"),
    "stock.edit_item": N_("Item changed"),
    "stock.kit_short": N_("Supplies missing for a visit"),
    "stock.make_order": N_("Order made"),
    "stock.receive": N_("Supplies received"),
    "stock.reopen_order": N_("Order opened again"),
    "stock.return_kit": N_("Supplies of a visit given back"),
    "stock.save_kit": N_("Supplies of a visit type set"),
    "stock.take_back": N_("Movement taken back"),
    "stock.transfer": N_("Supplies carried to another place"),
    "stock.use": N_("Supplies used"),
    "stock.use_kit": N_("Supplies used by a visit"),
    "stock.view_history": N_("Movements of an item seen"),
    "settings.save_clinic": N_("Particulars of the clinic changed"),
    "storage.backup": N_("Backed up"),
    "storage.rotate": N_("Old backups removed"),
    "storage.restore": N_("Backup restored"),
    "storage.verify": N_("File checked"),
}

KINDS = {
    "account": N_("accounts"),
    "alert": N_("alert"),
    "appointment": N_("appointment"),
    "appointment_type": N_("appointment type"),
    "backup": N_("backup"),
    "charge": N_("charge"),
    "clinic": N_("clinic"),
    "closure": N_("closed days"),
    "entry": N_("entry"),
    "fee_schedule": N_("prices"),
    "item": N_("item"),
    "list": N_("list"),
    "lot": N_("lot"),
    "month_end": N_("month end"),
    "movement": N_("stock movement"),
    "note": N_("note"),
    "patient": N_("patient"),
    "payer": N_("payer"),
    "purchase_order": N_("order"),
    "receipt": N_("receipt"),
    "resource": N_("room or equipment"),
    "role": N_("role"),
    "roster": N_("roster"),
    "roster_need": N_("need of staff"),
    "roster_request": N_("request"),
    "shift": N_("shift"),
    "staff_member": N_("staff member"),
    "user": N_("person"),
    "visit": N_("visit"),
}

OUTCOMES = {"done": N_("done"), "refused": N_("refused"), "failed": N_("failed")}


def action_words(code: str) -> str:
    """Return what an action is called."""
    return _term(ACTIONS, code)


def kind_words(code: str) -> str:
    """Return what a kind of record is called."""
    return _term(KINDS, code)


def role_words(key: str, own_name: str = "") -> str:
    """Return a role's name: the clinic's own, else as shipped."""
    return own_name or _term(TITLES, key)


def outcome_words(code: str) -> str:
    """Return how an act ended."""
    return _term(OUTCOMES, code)


def _term(words: dict[str, str], code: str) -> str:
    """Return a term that screens translate, or the bare code."""
    known = words.get(code)
    return code if known is None else Term(known)
