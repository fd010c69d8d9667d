# SPDX-License-Identifier: Apache-2.0
"""Supplies: what is on the shelves, in which lots, and how it came and went.

Responsible for items, lots, places and the append-only movements; what is on hand is their sum.

Glossary:
    item: something kept in stock, counted in its smallest unit.
    lot: a batch of an item with one expiry date.
    place: where it lies.
    movement: so many units in or out, never changed; a mistake is reversed.
    par: how many should be there, at least and at most.

It does not post money yet and orders nothing.
"""
