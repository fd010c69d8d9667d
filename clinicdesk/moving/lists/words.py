# SPDX-License-Identifier: Apache-2.0
"""Words that lists use for what we have words of our own for, in six languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clinicdesk.kernel.folding import fold

_GENDERS: Final = {
    "female": "f, female, woman, girl, w, weiblich, frau, feminin, femme, femenino, mujer, v, "
    "vrouw, vrouwelijk, feminino, mulher, mrs, ms, miss, mme, madame, sra, senora, mevrouw, mw, 2",
    "male": "m, male, man, boy, mannlich, herr, masculin, homme, h, masculino, hombre, varon, "
    "mannelijk, homem, mr, monsieur, sr, senor, meneer, dhr, 1",
    "other": "o, other, d, divers, x, autre, otro, anders, outro, non binary, nonbinary, u x",
    "unknown": "u, unknown, unbekannt, k a, inconnu, desconocido, onbekend, desconhecido, n a, "
    "not said, 0, 9",
}
_SUMS: Final = (
    "total, totals, sum, grand total, subtotal, summe, gesamt, gesamtsumme, zwischensumme, "
    "endsumme, somme, total general, suma, totaal, som, soma, total geral"
)
_YES: Final = "y, yes, true, x, 1, j, ja, oui, o, si, s, sim, v, wahr, vrai"
_NO: Final = "n, no, false, 0, nein, non, nee, nao, falsch, faux"
_ROLES: Final = {
    "gp": "gp, doctor, physician, dr, arzt, arztin, hausarzt, hausarztin, allgemeinmedizin, "
    "medecin, generaliste, medico, medica, huisarts, arts, clinico geral, general practitioner",
    "dentist": "dentist, zahnarzt, zahnarztin, dentiste, dentista, tandarts",
    "nurse": "nurse, rn, krankenschwester, krankenpfleger, pflege, pflegefachkraft, infirmier, "
    "infirmiere, enfermero, enfermera, verpleegkundige, enfermeiro, enfermeira, practice nurse",
    "physio": "physio, physiotherapist, physiotherapeut, physiotherapeutin, kinesitherapeute, "
    "kine, fisioterapeuta, fysiotherapeut",
    "therapist": "therapist, therapeut, therapeutin, psychologist, psychologe, psychologin, "
    "psychologue, psicologo, psicologa, psycholoog",
    "assistant": "assistant, mfa, zfa, arzthelferin, medizinische fachangestellte, aide, "
    "assistante, asistente, auxiliar, assistente, medical assistant",
    "reception": "reception, receptionist, front desk, empfang, anmeldung, rezeption, "
    "secretaire, accueil, receptionniste, recepcion, recepcionista, receptie, receptionist, "
    "balie, recepcao",
    "billing": "billing, biller, abrechnung, facturation, facturacion, facturatie, faturamento",
    "manager": "manager, practice manager, praxismanager, praxismanagerin, gerant, gestionnaire, "
    "gerente, director, praktijkmanager, gestor",
    "provider": "provider, clinician, behandler, praticien, profesional, behandelaar",
}
_TREATING: Final = frozenset({"gp", "dentist", "physio", "therapist", "provider"})


def _turned(words: dict[str, str]) -> dict[str, str]:
    return {
        word.strip(): key for key, told in words.items() for word in told.split(",") if word.strip()
    }


_GENDER_OF: Final = _turned(_GENDERS)
_ROLE_OF: Final = _turned(_ROLES)
_TOTALS: Final = frozenset(_turned({"total": _SUMS}))
_YES_NO: Final = _turned({"yes": _YES, "no": _NO})


def gender_of(text: str) -> str | None:
    """Return the gender that a word means, None if it means none we know."""
    return _GENDER_OF.get(fold(text))


def yes_no_of(text: str) -> bool | None:
    """Return what a word means, None if it is neither."""
    told = _YES_NO.get(fold(text))
    return None if told is None else told == "yes"


def is_total(texts: Sequence[str]) -> bool:
    """Tell whether the texts of a line, numbers left out, say only that it adds others up."""
    return len(texts) == 1 and fold(texts[0]) in _TOTALS


def role_of(text: str) -> str | None:
    """Return our role for a word, None for a role of the clinic's own."""
    return _ROLE_OF.get(fold(text))


def is_treating(role: str) -> bool:
    """Tell whether people of a role see patients."""
    return role in _TREATING
