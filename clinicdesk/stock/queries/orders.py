# SPDX-License-Identifier: Apache-2.0
"""What is on order, and what visits use up."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.tables import appointment, appointment_type, visit
from clinicdesk.staff.tables import staff_member
from clinicdesk.stock.queries.rows import KitRow, OrderRow, VisitChoice
from clinicdesk.stock.tables import (
    item,
    kit_line,
    movement,
    purchase_order,
    purchase_order_line,
    supplier,
)
from clinicdesk.storage.records import Reading

_CAME = (
    sa.select(sa.func.coalesce(sa.func.sum(movement.c.quantity), 0))
    .where(movement.c.order_line_id == purchase_order_line.c.id)
    .scalar_subquery()
)
_ORDERS = (
    sa.select(
        purchase_order_line.c.id,
        purchase_order.c.id.label("order_id"),
        purchase_order.c.version,
        purchase_order.c.number,
        supplier.c.name.label("supplier"),
        purchase_order.c.state,
        purchase_order.c.ordered_on,
        app_user.c.name.label("by_name"),
        item.c.id.label("item_id"),
        item.c.name.label("item"),
        item.c.unit,
        purchase_order_line.c.quantity,
        _CAME.label("came"),
    )
    .join_from(
        purchase_order_line,
        purchase_order,
        purchase_order.c.id == purchase_order_line.c.order_id,
    )
    .join(item, item.c.id == purchase_order_line.c.item_id)
    .outerjoin(supplier, supplier.c.id == purchase_order.c.supplier_id)
    .outerjoin(app_user, app_user.c.id == purchase_order.c.by_user_id)
    .order_by(purchase_order.c.id, item.c.folded_name)
)
_KITS = (
    sa.select(
        kit_line.c.type_id,
        appointment_type.c.name.label("type"),
        item.c.id,
        item.c.name,
        item.c.unit,
        kit_line.c.quantity,
    )
    .join_from(kit_line, item, item.c.id == kit_line.c.item_id)
    .join(appointment_type, appointment_type.c.id == kit_line.c.type_id)
    .order_by(appointment_type.c.position, kit_line.c.type_id, item.c.folded_name)
)


def orders(reading: Reading, *, all_of_them: bool = False) -> tuple[OrderRow, ...]:
    """Return the lines that something is still to come of, or all lines; oldest first."""
    statement = _ORDERS if all_of_them else _ORDERS.where(purchase_order.c.state == "open")
    rows = []
    for row in reading.execute(statement):
        rest = max(0, row.quantity - int(row.came)) if row.state == "open" else 0
        if not rest and not all_of_them:
            continue
        rows.append(
            OrderRow(
                row.id,
                row.order_id,
                row.version,
                row.number,
                row.supplier or "",
                row.state,
                row.ordered_on,
                row.by_name or "",
                row.item_id,
                row.item,
                row.unit,
                row.quantity,
                int(row.came),
                rest,
            )
        )
    return tuple(rows)


def on_order(reading: Reading) -> dict[int, int]:
    """Return what open orders still bring, by item."""
    coming: dict[int, int] = {}
    for row in orders(reading):
        coming[row.item_id] = coming.get(row.item_id, 0) + row.outstanding
    return coming


def visit_types(reading: Reading) -> tuple[tuple[int, str], ...]:
    """Return the appointment types that are offered, id and name."""
    rows = reading.execute(
        sa.select(appointment_type.c.id, appointment_type.c.name)
        .where(appointment_type.c.archived == sa.literal_column("0"))
        .order_by(appointment_type.c.position, appointment_type.c.id)
    )
    return tuple((row.id, row.name) for row in rows)


def kits(reading: Reading) -> tuple[KitRow, ...]:
    """Return what visits of each type use up."""
    return tuple(KitRow(*tuple(row)) for row in reading.execute(_KITS))


def kit_of_visit(reading: Reading, visit_id: int) -> tuple[KitRow, ...]:
    """Return what one visit uses up, by the type of its appointment."""
    statement = (
        _KITS.join(appointment, appointment.c.type_id == kit_line.c.type_id)
        .join(visit, visit.c.appointment_id == appointment.c.id)
        .where(visit.c.id == visit_id)
    )
    return tuple(KitRow(*tuple(row)) for row in reading.execute(statement))


def visits_today(reading: Reading) -> tuple[VisitChoice, ...]:
    """Return the visits that began today, newest first."""
    began = reading.zone.instant(datetime.combine(reading.today, time()))
    shown = patient.alias("shown")
    rows = reading.execute(
        sa.select(
            visit.c.id,
            shown.c.id.label("patient_id"),
            shown.c.family_name,
            shown.c.given_name,
            staff_member.c.name,
        )
        .join_from(visit, patient, patient.c.id == visit.c.patient_id)
        .join(shown, shown.c.id == sa.func.coalesce(patient.c.survivor_id, patient.c.id))
        .join(staff_member, staff_member.c.id == visit.c.provider_id)
        .where(visit.c.started_at >= began, visit.c.state != "cancelled")
        .order_by(visit.c.started_at.desc(), visit.c.id)
    )
    return tuple(
        VisitChoice(
            row.id,
            row.patient_id,
            ", ".join(name for name in (row.family_name, row.given_name) if name),
            row.name,
        )
        for row in rows
    )


def patient_named(reading: Reading, patient_id: int) -> VisitChoice | None:
    """Return a patient without a visit, to use something for."""
    row = reading.execute(
        sa.select(patient.c.id, patient.c.family_name, patient.c.given_name).where(
            patient.c.id == patient_id
        )
    ).one_or_none()
    if row is None:
        return None
    names = [name for name in (row.family_name, row.given_name) if name]
    return VisitChoice(0, row.id, ", ".join(names), "")
