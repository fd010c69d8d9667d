# SPDX-License-Identifier: Apache-2.0
"""Overview: the clinic at a glance, for whoever runs it.

Responsible for six figures of today and of the month, each with what it is compared with, for the
charts under them, and for the way from a figure to the rows it is made of. Every figure is the
one of the report that signs for it, from the same query or proved equal to it by a test.

Glossary:
    figure: one number of the moment, with the number it is held against and its course so far.
    course: the same figure of earlier days or months, oldest first; drawn as a sparkline.
    group: what a figure is made of one step down: a provider, or a way of paying.
    row: what a group is made of: an appointment, a posting, a receipt, an open service.

It only reads: it has no tables, no service and no repository, and every room it asks stands below
it. Looking at rows that name patients leaves its entry in the trail, as in any room.
"""
