# SPDX-License-Identifier: Apache-2.0
"""The first run: a few pages that end in a clinic of one's own.

``plan`` holds what was answered, ``wizard`` asks, ``making`` writes the file once everything is
answered, ``kit`` prints the recovery kit. Until the last page nothing is written: going back, or a
crash, leaves no half clinic. The recovery code is drawn at the beginning, so that what was written
down stays true however often somebody goes back.
"""
