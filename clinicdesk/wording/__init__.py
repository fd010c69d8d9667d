# SPDX-License-Identifier: Apache-2.0
"""Language and formats: every word a person reads or types passes through here.

``text`` finds translations, ``formats`` writes and reads amounts, dates, times and numbers the
way the reader's country does. Called by every room above; pure, no Qt, any thread.
"""
