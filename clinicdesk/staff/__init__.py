# SPDX-License-Identifier: Apache-2.0
"""The people working, their rooms and equipment, and when they are there.

Says who has a column in the book and which hours are open. Knows no patients and no pay.

Glossary
--------
staff member     somebody who works here; a provider treats patients and has a column
resource         a room or a piece of equipment
standing hours   the weekly hours of somebody without a published shift that day
shift            hours of one day that were published; they replace the standing hours
closure          whole days on which the clinic, or one person, is away
"""
