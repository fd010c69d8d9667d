# SPDX-License-Identifier: Apache-2.0
"""Makes the demo clinic: invented people, years of book and money, a morning half over.

Everything is decided by a seed and written through the departments' own services, many commands
to a transaction. The plan (who, when, what was paid) is pure; ``making`` carries it out.

Glossary:
    cast: the named people of the opening day.
    folk: everyone who is invented.
    bill: what one visit cost; an act is one thing that happened to it.
    opening day: the day whose morning is half over, at 10:22.

It holds no real person, no licensed code set, and writes no table itself.
"""

from clinicdesk.demo.clinic import demo_clock, demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo

__all__ = ["DEMO_PASSWORD", "DEMO_USER", "demo_clock", "demo_profile", "make_demo"]
