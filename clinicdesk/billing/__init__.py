# SPDX-License-Identifier: Apache-2.0
"""Charges, payments and what is still owed: the account of each patient and family.

Owns fees and charges; posts everything else through ``ledger``. It closes no periods and prints
no month (``closing``), and sends no claims.

Glossary
--------
charge          one service line at the clinic's fee; immutable
responsibility  which party owes an open amount: guarantor, payer or agency
allocation      the part of a receipt put on a charge
unapplied       money received and not allocated; a liability until it is
contractual     the part of a charge a payer's contract gives up
write-off       an amount given up that could have been collected
transfer        moves responsibility between parties; changes no total
take-back       a payer reclaims what it paid
reason          why an amount changes without money; it decides account, cause and sign
remittance      what an insurer sends: paid, given up by contract, left to the patient
package         units sold in advance: a liability until each is used
plan            instalments agreed for a debt; posts nothing, says what is due
fee schedule    prices by service code, with effective dates
"""
