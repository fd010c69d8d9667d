# SPDX-License-Identifier: Apache-2.0
"""The people treated: who they are, how to reach them, who pays and what insures them.

Finds them while a name is typed. Knows no appointments and no amounts beyond what is owed.

Glossary
--------
patient        somebody treated here, with a chart number that is never used twice
guarantor      the patient record of who pays, from a date on; oneself by default
family account a guarantor with several patients
payer          an insurer or agency
coverage       what insures a patient: payer, plan, member number, rank, dates
alert          what must be known before anything else, e.g. an allergy
survivor       the record that stays when two are merged; queries follow it
"""
