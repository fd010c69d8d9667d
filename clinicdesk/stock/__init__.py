# SPDX-License-Identifier: Apache-2.0
"""Supplies: what is on the shelves, in which lots, and how it came and went.

Responsible for items, suppliers, lots, places, kits, orders and the append-only movements; what
is on hand is the sum of the movements, and what it is worth is what they posted to account 1200.

Glossary:
    item: something kept in stock, counted in its smallest unit; so many of them make a pack.
    lot: a batch of an item with one expiry date.
    place: where it lies.
    movement: so many units in or out with their value, never changed; a mistake is reversed.
    par: how many should be there, at least and at most.
    low: what can be used and what is ordered together do not exceed the least.
    kit: what a visit of one type uses up.
    order: what a supplier was asked for; a delivery fills the oldest open line first.

Value follows the lot: what is taken out of a lot in a place costs its share of what that lot there
cost, rounded half up; the last unit takes the rest, so an empty shelf is worth nothing.

It pays no suppliers: a delivery waits as "goods received, not invoiced" for its invoice.
"""
