# SPDX-License-Identifier: Apache-2.0
"""The people working, their rooms and equipment, and when they are there.

Says who has a column in the book and which hours are open. Knows no patients and no pay.

Glossary
--------
staff member     somebody who works here; a provider treats patients and has a column
resource         a room or a piece of equipment
standing hours   the weekly hours of somebody without a published shift that day
shift            hours of one day; published they replace the standing hours, a draft is a plan
open shift       hours nobody has yet
publication      one putting in force: of a week's drafts, or of what an approved request changed
request          what somebody asks for: leave, a swap, an open shift
need             how many people of a role a weekday wants; cover says whether they are there
clash            overlap, short rest, closed day, a room used twice: said, never refused
closure          whole days on which the clinic, or one person, is away
"""
