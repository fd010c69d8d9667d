# SPDX-License-Identifier: Apache-2.0
"""Finds the data that ships with the program: icons, fonts, theme files, translations.

In a checkout ``resources/`` and ``translations/`` lie beside the package; in an installed program
they lie inside it (``installer/wheel.py`` puts them there). Everybody asks here, nobody joins
paths of their own. Nothing here reads the working directory, so the program may be started from
anywhere. Any thread may call.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(path: str) -> Traversable:
    """Return the shipped file or folder ``path``, written with slashes below ``resources/``.

    What needs a real file name (a font for ReportLab, an icon for Qt) wraps it in
    ``importlib.resources.as_file``; in both forms we ship it is a real file already.
    """
    return _folder("resources").joinpath(*path.split("/"))


def translations() -> Traversable:
    """Return the folder that holds ``<language>/LC_MESSAGES/clinicdesk.po``."""
    return _folder("translations")


def _folder(name: str) -> Traversable:
    installed = files("clinicdesk").joinpath(name)
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[2] / name
