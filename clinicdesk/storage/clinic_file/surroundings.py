# SPDX-License-Identifier: Apache-2.0
"""Where a clinic file may lie: not on another machine's disk, better not in a synchronised folder.

The write-ahead log needs one machine's memory and true locks; a network drive gives neither, and
commits that were confirmed get lost. A synchronising program copies the file and its log at
different moments and may put an old one back: it is warned of. Backups may lie anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from clinicdesk.storage.clinic_file.troubles import CannotOpen
from clinicdesk.wording.text import N_

Mount = tuple[str, str, str]  # where, kind of file system, options

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "ncp", "webdav",
    "ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "beegfs", "davfs", "davfs2", "ftp",
})  # fmt: skip
_NETWORK_FUSE = frozenset({
    "sshfs", "rclone", "s3fs", "gcsfuse", "gvfsd-fuse", "davfs", "davfs2", "curlftpfs", "onedriver",
    "google-drive-ocamlfuse", "glusterfs", "ceph", "ceph-fuse", "smbnetfs", "kio-fuse", "goofys",
})  # fmt: skip
_REMOTE_DRIVE = 4  # what Windows calls a drive of another machine

_FOLDERS = (
    (re.compile(r"onedrive( .*)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( .*)?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive.*|googledrive-.*", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive.*|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"nextcloud.*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud.*", re.IGNORECASE), "ownCloud"),
    (re.compile(r"pcloud ?drive|pcloudsync", re.IGNORECASE), "pCloud"),
    (re.compile(r"mega(sync)?", re.IGNORECASE), "MEGA"),
    (re.compile(r"box( sync)?", re.IGNORECASE), "Box"),
    (re.compile(r"seafile", re.IGNORECASE), "Seafile"),
    (re.compile(r"cloudstorage", re.IGNORECASE), "CloudStorage"),
)
_MARKS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
)


class OnNetwork(CannotOpen):
    """Another machine's disk."""

    what = N_("{name} is on a network drive, where confirmed work can get lost.")
    do = N_(
        "Put the clinic and its .keys files on this computer's own disk. Backups may lie there."
    )


def refuse_network(path: Path) -> None:
    """Raise ``OnNetwork`` if a clinic file is, or would be, on another machine's disk."""
    if is_on_network(path):
        raise OnNetwork(path)


def is_on_network(path: Path, mounts: Callable[[], Iterable[Mount]] | None = None) -> bool:
    """Tell whether a path is on another machine's disk, as far as the system says."""
    told = str(path)
    if told.startswith("\\\\") or (told.startswith("//") and os.name == "nt"):
        return True
    if os.name == "nt" and mounts is None:  # pragma: no cover -- Windows only
        return _drive_type(Path(path.anchor)) == _REMOTE_DRIVE
    real = path.resolve()
    best: Mount | None = None
    for mount in (mounts or _mounts)():
        inside = real == Path(mount[0]) or Path(mount[0]) in real.parents
        if inside and (best is None or len(mount[0]) >= len(best[0])):
            best = mount
    return best is not None and _is_network(best)


def sync_service(path: Path) -> str:
    """Return whose synchronised folder a file lies in; nothing if in none that is known."""
    real = path.resolve()
    for folder in real.parents:
        for wording, service in _FOLDERS:
            if wording.fullmatch(folder.name):
                return service
        for mark, service in _MARKS:
            if (folder / mark).exists():
                return service
    return ""


def linux_mounts(table: str) -> Iterator[Mount]:
    """Read the lines of ``/proc/self/mountinfo``."""
    for line in table.splitlines():
        before, _dash, after = line.partition(" - ")
        fields, kind = before.split(), after.split()
        if len(fields) > 4 and kind:
            where = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
            yield where, kind[0], " ".join(kind[1:])


def mac_mounts(table: str) -> Iterator[Mount]:
    """Read the lines of macOS's ``mount``: ``//ann@server/x on /Volumes/x (smbfs, nodev)``."""
    for found in re.finditer(r"^.* on (.+) \((\w+)(?:, ([^)]*))?\)$", table, re.MULTILINE):
        yield found[1], found[2], found[3] or ""


def _is_network(mount: Mount) -> bool:
    _where, kind, options = mount
    if kind.startswith("fuse."):
        return kind.removeprefix("fuse.") in _NETWORK_FUSE
    return kind in _NETWORK or (kind == "9p" and "drvfs" in options)


def _mounts() -> Iterable[Mount]:
    if sys.platform == "darwin":  # pragma: no cover -- macOS only
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return mac_mounts(told.stdout)
    try:
        return linux_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8"))
    except OSError:
        return ()  # a system that does not say: nothing is known against it


def _drive_type(root: Path) -> int:  # pragma: no cover -- Windows only
    import ctypes

    kernel: object = getattr(ctypes, "windll").kernel32  # noqa: B009 -- not on other systems
    return int(kernel.GetDriveTypeW(str(root)))  # type: ignore[attr-defined]
