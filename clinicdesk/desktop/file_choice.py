# SPDX-License-Identifier: Apache-2.0
"""Choosing files: each purpose remembers its own folder on this desk.

Keys go to one folder, papers to another, backups to a third. A folder that is gone, as with a
stick pulled out, gives way to the person's documents.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.wording.text import _


def folder_for(settings: DeskSettings, purpose: str) -> Path:
    """Return where files of a purpose went last."""
    kept = settings.text(f"folder.{purpose}")
    if kept and Path(kept).is_dir():
        return Path(kept)
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(usual) if usual and Path(usual).is_dir() else Path.home()


def remember_folder(settings: DeskSettings, purpose: str, folder: Path) -> None:
    """Keep where a file of a purpose went."""
    settings.put_text(f"folder.{purpose}", str(folder))


def save_file(
    parent: QWidget,
    settings: DeskSettings,
    purpose: str,
    title: str,
    name: str,
    kinds: str = "",
) -> Path | None:
    """Ask where a file is to be written; the platform asks before one is replaced.

    Args:
        parent: over which it opens.
        settings: remember the folder.
        purpose: stable word, e.g. ``papers``.
        title: translated.
        name: suggested, without folder.
        kinds: as Qt writes filters; the ending of the first is added where none was typed.
    """
    before = folder_for(settings, purpose) / name
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(before), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix:
        path = path.with_suffix(Path(name).suffix)
    remember_folder(settings, purpose, path.parent)
    return path


def open_file(
    parent: QWidget | None, settings: DeskSettings, purpose: str, title: str, kinds: str = ""
) -> Path | None:
    """Ask for a file to read."""
    before = str(folder_for(settings, purpose))
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, before, kinds)
    if not chosen:
        return None
    remember_folder(settings, purpose, Path(chosen).parent)
    return Path(chosen)


def choose_folder(
    parent: QWidget | None, settings: DeskSettings, purpose: str, title: str
) -> Path | None:
    """Ask for a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder_for(settings, purpose)))
    if not chosen:
        return None
    remember_folder(settings, purpose, Path(chosen))
    return Path(chosen)


def write_text(path: Path, text: str, notices: Notices) -> bool:
    """Write a file whole or not at all; say where it is, or what went wrong."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=".", delete=False, encoding="utf-8", newline=""
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as failure:
        notices.tell(
            _("{name} could not be written.").format(name=path.name),
            _("Your clinic data is not affected."),
            _("Choose another folder, or make room on the disk."),
            failure.strerror or "",
        )
        return False
    notices.toast(_("Saved as {name} in {folder}.").format(name=path.name, folder=path.parent))
    return True
