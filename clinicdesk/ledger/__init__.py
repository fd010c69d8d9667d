# SPDX-License-Identifier: Apache-2.0
"""The books: accounts, entries and postings, receipts, number series, periods, issued papers.

Billing, stock and closing post through ``service.Ledger``; whether a period is open is asked
here. It knows no charges by name, no fees and no screens, and it never changes what was posted.

Glossary
--------
account         a line of the chart of accounts, named by its number
entry           one business event, numbered by ``seq``, chained by hash; its postings sum to zero
posting         a signed amount on one account with its dimensions; debit is positive
cause           why a posting was made: charge, payment, contractual, write-off ...
receivable      what a party owes on a charge: accounts 1100, 1110, 1120
credit          money held for a party and not yet allocated: accounts 2100, 2110
allocation      a credit posting on a receivable that names a charge
receipt         money received, with a number of a gapless series
period          a day or month that was closed and refuses postings
reversal        the mirror of an entry; at most one per entry
"""
