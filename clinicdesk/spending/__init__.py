# SPDX-License-Identifier: Apache-2.0
"""Spending: what the clinic pays for, and what it planned to earn and to pay.

Responsible for expenses (entered once, posted at once, taken back by a reversal), for bills that
wait to be paid, for the accounts a clinic adds to its chart, and for the budget of each account
and month.

Glossary:
    expense: what the clinic bought: day, supplier, account, amount, what it was paid from.
    bill: an expense that is not paid yet; it rests on accounts payable (2000).
    input tax: the part of an expense the tax office gives back; never a cost.
    budget: what was planned for an account in a month, in the account's normal direction: income
        and costs are both positive.
    variance: actual less budget; whether it is good depends on the kind of account.

It orders no goods (stock does; an invoice for goods received clears 1210), pays nobody by itself
and makes no report: closing reads it for the pack.
"""
