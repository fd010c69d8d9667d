# SPDX-License-Identifier: Apache-2.0
"""The register's and the open charges' columns: screen, copy and paper share them."""

from __future__ import annotations

from clinicdesk.billing.queries import AccountLine, OpenCharge
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.wording.text import N_

END = Align.END

REGISTER: tuple[Column[AccountLine], ...] = (
    Column("day", N_("Date"), lambda r: r.business_on, Kind.DAY, weight=11),
    Column("reference", N_("Ref"), lambda r: r.reference, weight=8),
    Column("description", N_("Description"), lambda r: r.description or r.memo, weight=26),
    Column("provider", N_("Prov"), lambda r: r.provider, weight=6),
    Column("payer", N_("Payer"), lambda r: r.payer, weight=14),
    Column("charge", N_("Charge"), lambda r: r.charge_minor, Kind.MONEY, END, 10, total=True),
    Column("payment", N_("Payment"), lambda r: r.payment_minor, Kind.MONEY, END, 10, total=True),
    Column("adjusted", N_("Adj"), lambda r: r.adjustment_minor, Kind.MONEY, END, 9, total=True),
    Column("balance", N_("Balance"), lambda r: r.balance_minor, Kind.MONEY, END, 11),
    Column("open", N_("Open"), lambda r: r.open_minor or None, Kind.MONEY, END, 10),
)

OPEN_CHARGES: tuple[Column[OpenCharge], ...] = (
    Column("service", N_("Service"), lambda r: r.service_on, Kind.DAY, weight=11),
    Column("code", N_("Code"), lambda r: r.code, weight=8),
    Column("description", N_("Description"), lambda r: r.description, weight=20),
    Column("owes", N_("Owed by"), lambda r: r.party.name or N_("Patient"), weight=13),
    Column("amount", N_("Charge"), lambda r: r.amount_minor, Kind.MONEY, END, 10),
    Column("open", N_("Open"), lambda r: r.open_minor, Kind.MONEY, END, 10, total=True),
)
