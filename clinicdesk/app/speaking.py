# SPDX-License-Identifier: Apache-2.0
"""The language of the window: the program's own texts, and Qt's names of keys and menus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from clinicdesk.wording import text

_NAME: Final = "qtbase"


def speak(language: str) -> None:
    """Use a language for what is made from now on.

    Qt's own words (Strg+Umschalt+Q, the menu of a text field) come with Qt; where it has none for
    the language they stay English.
    """
    text.use(language)
    application = QCoreApplication.instance()
    if application is None:
        return
    former = application.findChild(QTranslator, _NAME)
    if former is not None:
        application.removeTranslator(former)
        former.setParent(None)
        former.deleteLater()
    words = QTranslator(application)
    words.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(f"qtbase_{text.language()}", folder):
        application.installTranslator(words)
