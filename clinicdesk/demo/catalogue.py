# SPDX-License-Identifier: Apache-2.0
"""What the invented clinic has: people working, rooms, visit types, fees, insurers, supplies.

Service codes are the clinic's own (CONS15), never a licensed code set. Fees are in whole units of
the currency; ``minor`` turns them into minor units.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """Somebody working in the clinic.

    Attributes:
        hours: open hours as (from, to) minutes of the day; ``lunch`` likewise.
        kinds: keys of the visit types this person sees.
    """

    name: str
    initials: str
    role: str
    room: str
    hours: tuple[int, int]
    lunch: tuple[int, int]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitKind:
    """An appointment type.

    Attributes:
        weight: how often it is booked.
        codes: what check-out proposes.
    """

    key: str
    name: str
    minutes: int
    color: int
    weight: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """A service and its price in whole units."""

    code: str
    description: str
    price: int


@dataclass(frozen=True, slots=True)
class Insurer:
    """Somebody who pays for patients.

    Attributes:
        weight: share of the insured.
        pays: parts of a hundred of a fee; ``agreed`` the parts the fee is cut to by contract.
        days: how long it takes to pay, from and to.
    """

    name: str
    kind: str
    plan: str
    weight: int
    agreed: int
    pays: int
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Supply:
    """Something on the shelf.

    Attributes:
        cost: of the smallest unit, in hundredths of a whole unit.
        week: how many are used in a week of one provider.
        shelf_days: how long a lot keeps; 0 = for ever.
    """

    name: str
    unit: str
    pack_unit: str
    pack_size: int
    cost: int
    week: int
    shelf_days: int
    place: str


_GP = ("followup", "script", "new", "results", "diabetes", "child", "long", "procedure")

JOBS = (
    Job("Dr Amara Osei", "AO", "gp", "Room 1", (540, 1020), (750, 810), _GP),
    Job(
        "Dr Lena Fischer", "LF", "gp", "Room 2", (480, 960), (720, 780),
        ("followup", "script", "new", "health", "antenatal", "surgery", "results"),
    ),
    Job(
        "Mei Tanaka RN", "MT", "nurse", "Treatment", (480, 1020), (750, 780),
        ("bloods", "dressing", "vaccination", "ecg"),
    ),
    Job(
        "Sam Ortiz", "SO", "physio", "Gym", (540, 1080), (780, 825),
        ("knee", "assessment", "shoulder", "back", "gait"),
    ),
    Job("Dr Ruth Adebayo", "RA", "gp", "Room 3", (480, 1020), (750, 810), _GP),
    Job("Dr Tomáš Hruška", "TH", "gp", "Room 4", (540, 1080), (780, 840), _GP),
)  # fmt: skip

KINDS = (
    VisitKind("followup", "Follow-up", 15, 0, 30, ("CONS15",)),
    VisitKind("script", "Repeat script", 15, 1, 8, ("SCRIPT",)),
    VisitKind("new", "New patient", 30, 2, 8, ("NEW30",)),
    VisitKind("results", "Review results", 15, 0, 10, ("CONS15",)),
    VisitKind("diabetes", "Diabetes review", 30, 3, 6, ("CONS30", "HBA1C")),
    VisitKind("child", "Child check", 15, 4, 6, ("CHILD15",)),
    VisitKind("long", "Long consult", 30, 0, 6, ("CONS30",)),
    VisitKind("procedure", "Procedure", 30, 5, 4, ("PROC30", "DRESS")),
    VisitKind("health", "Health check", 30, 3, 8, ("HEALTH30",)),
    VisitKind("antenatal", "Antenatal", 30, 4, 5, ("ANTE30",)),
    VisitKind("surgery", "Minor surgery", 45, 5, 3, ("SURG45", "DRESS")),
    VisitKind("bloods", "Bloods", 15, 1, 30, ("BLOOD", "LABFEE")),
    VisitKind("dressing", "Dressing", 15, 5, 14, ("DRESS",)),
    VisitKind("vaccination", "Vaccination", 30, 2, 12, ("VACC", "VACCADM")),
    VisitKind("ecg", "ECG", 15, 3, 8, ("ECG12",)),
    VisitKind("knee", "Knee rehab", 45, 0, 10, ("PHYS45",)),
    VisitKind("assessment", "Initial assessment", 45, 2, 6, ("PHYSNEW",)),
    VisitKind("shoulder", "Shoulder", 30, 1, 8, ("PHYS30",)),
    VisitKind("back", "Back pain", 45, 3, 10, ("PHYS45",)),
    VisitKind("gait", "Gait analysis", 45, 4, 3, ("GAIT45",)),
)

FEES = (
    Fee("CONS15", "Consultation, 15 minutes", 85),
    Fee("CONS30", "Consultation, 30 minutes", 140),
    Fee("NEW30", "First consultation, 30 minutes", 165),
    Fee("SCRIPT", "Repeat prescription", 35),
    Fee("CHILD15", "Child development check", 75),
    Fee("HEALTH30", "Health check", 130),
    Fee("ANTE30", "Antenatal visit", 120),
    Fee("PROC30", "Minor procedure", 190),
    Fee("SURG45", "Minor surgery", 320),
    Fee("HBA1C", "Long-term blood sugar", 42),
    Fee("BLOOD", "Taking blood", 28),
    Fee("LABFEE", "Laboratory handling", 22),
    Fee("DRESS", "Dressing, material included", 34),
    Fee("VACC", "Vaccine", 46),
    Fee("VACCADM", "Giving a vaccine", 18),
    Fee("ECG12", "Electrocardiogram, 12 leads", 64),
    Fee("PHYS30", "Physiotherapy, 30 minutes", 62),
    Fee("PHYS45", "Physiotherapy, 45 minutes", 88),
    Fee("PHYSNEW", "Physiotherapy, first assessment", 98),
    Fee("GAIT45", "Gait analysis", 115),
    Fee("LETTER", "Letter or certificate", 30),
    Fee("MISSED", "Missed appointment", 25),
    Fee("ADVICE", "Advice by telephone", 0),
)

INSURERS = (
    Insurer("Northern Mutual", "commercial", "Mutual Plus", 30, 88, 80, (10, 28)),
    Insurer("Harbour Health", "commercial", "Harbour PPO", 26, 85, 80, (14, 35)),
    Insurer("Beacon Provident", "commercial", "Provident Core", 18, 90, 90, (12, 30)),
    Insurer("County Health Fund", "government", "County Basic", 18, 72, 100, (20, 45)),
    Insurer("Railway Workers' Fund", "other", "Members", 8, 92, 85, (15, 40)),
)

SUPPLIES = (
    Supply("Examination gloves M", "glove", "box", 100, 6, 260, 1400, "Store room"),
    Supply("Examination gloves L", "glove", "box", 100, 6, 140, 1400, "Store room"),
    Supply("Syringe 5 ml", "piece", "box", 100, 9, 60, 1500, "Store room"),
    Supply("Needle 21G", "piece", "box", 100, 7, 60, 1500, "Store room"),
    Supply("Blood collection tube, purple", "tube", "tray", 100, 22, 50, 360, "Treatment"),
    Supply("Blood collection tube, gold", "tube", "tray", 100, 24, 50, 330, "Treatment"),
    Supply("Gauze swab 10 × 10", "swab", "pack", 100, 4, 90, 1600, "Treatment"),
    Supply("Adhesive dressing 10 cm", "piece", "box", 50, 38, 30, 1100, "Treatment"),
    Supply("Suture 4-0", "piece", "box", 12, 310, 2, 1200, "Room 2"),
    Supply("Lidocaine 1 % 10 ml", "vial", "box", 10, 145, 3, 540, "Medicine fridge"),
    Supply("Influenza vaccine", "dose", "box", 10, 890, 6, 210, "Medicine fridge"),
    Supply("Tetanus vaccine", "dose", "box", 10, 1240, 2, 400, "Medicine fridge"),
    Supply("Hepatitis B vaccine", "dose", "box", 5, 1680, 2, 420, "Medicine fridge"),
    Supply("Blood glucose strip", "strip", "tub", 50, 32, 30, 300, "Room 1"),
    Supply("Urine test strip", "strip", "tub", 100, 18, 30, 420, "Room 1"),
    Supply("ECG electrode", "piece", "pack", 50, 21, 40, 700, "Treatment"),
    Supply("Couch roll", "roll", "case", 9, 290, 2, 0, "Store room"),
    Supply("Hand disinfectant 500 ml", "bottle", "case", 12, 410, 1, 800, "Store room"),
    Supply("Resistance band", "piece", "pack", 10, 350, 1, 0, "Gym"),
    Supply("Kinesiology tape 5 m", "roll", "pack", 6, 420, 2, 900, "Gym"),
)
SUPPLIER = "Meridian Medical Supplies"
COLD_SUPPLIER = "Coldline Pharma"  # of what is kept in the fridge

# What a visit of a kind uses up.
KITS = {
    "bloods": {
        "Blood collection tube, purple": 1,
        "Blood collection tube, gold": 1,
        "Needle 21G": 1,
        "Examination gloves M": 2,
    },
    "dressing": {
        "Gauze swab 10 × 10": 3,
        "Adhesive dressing 10 cm": 1,
        "Examination gloves M": 2,
    },
    "vaccination": {"Influenza vaccine": 1, "Syringe 5 ml": 1, "Needle 21G": 1},
    "ecg": {"ECG electrode": 10},
    "diabetes": {"Blood glucose strip": 1},
    "antenatal": {"Urine test strip": 1},
    "health": {"Urine test strip": 1, "Blood glucose strip": 1},
    "procedure": {"Lidocaine 1 % 10 ml": 1, "Gauze swab 10 × 10": 2, "Examination gloves L": 2},
    "surgery": {"Lidocaine 1 % 10 ml": 1, "Suture 4-0": 1, "Examination gloves L": 4},
    "knee": {"Kinesiology tape 5 m": 1},
}

# login, name, role: one of each role besides the owner.
PEOPLE = (
    ("rosa", "Rosa Bennett", "receptionist"),
    ("amara", "Dr Amara Osei", "clinician"),
    ("mei", "Mei Tanaka", "nurse"),
    ("piotr", "Piotr Wąsik", "biller"),
    ("helen", "Helen Marsden", "manager"),
)

CANCEL_REASONS = ("patient", "illness", "work", "clinic")
