# SPDX-License-Identifier: Apache-2.0
"""Closing: what a manager signs at the end of a month, and the proof that it is true.

Responsible for the month-end report with its proof page, as PDF, JSON and CSV of the same rows,
and for closing months. It reads every department that touches money and writes only periods and
issued papers, through the ledger.

Glossary:
    month end: the reports R1, R2, R5, R8 and R9 of one month, by business day.
    receivables: what payers and guarantors owe the clinic, accounts 1100 and 1110. A debt handed
        to a collection agency (1120) has left them.
    production: the full fees of services posted; never tax.
    contractual: what a contract with a payer takes off the fee; not a loss.
    write-off: giving up money that was owed.
    income: money applied to charges; money received and not yet applied is credit.
    identity: two figures that must be equal, taken by different statements from different tables.
    proof page: all identities with both of their sides, page 2 of the month end.
    draft: a month end of a month that is not closed yet; it says so on each page.

It does not post, does not decide whether a period is open (ledger does) and makes no chart of its
own: charts are data (``kernel.charts``) that ``printing`` and ``desktop`` draw.
"""
