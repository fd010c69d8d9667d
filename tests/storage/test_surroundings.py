# SPDX-License-Identifier: Apache-2.0
"""Where a clinic file may not lie, and where it had better not."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage.clinic_file import create, surroundings
from clinicdesk.storage.clinic_file.surroundings import (
    OnNetwork,
    is_on_network,
    linux_mounts,
    mac_mounts,
    sync_service,
)
from tests.storage.opened import CHEAP, OWNER, a_closed_clinic, enter, every_byte
from tests.support.clinics import NOON, a_profile

_LINUX = r"""22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:30 / /mnt/nas rw - nfs4 server:/export rw,vers=4.2
31 22 0:31 / /mnt/nas/local rw - ext4 /dev/sdb1 rw
32 22 0:32 / /mnt/our\040share rw - cifs //server/share rw
33 22 0:33 / /home/ann/ssh rw - fuse.sshfs ann@server: rw
34 22 0:34 / /home/ann/stick rw - fuseblk /dev/sdc1 rw
35 22 0:35 / /home/ann/vault rw - fuse.gocryptfs /home/ann/.vault rw
36 22 0:36 / /mnt/c rw - 9p C:\134 rw,aname=drvfs;path=C:\
37 22 0:37 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
"""
_MAC = """/dev/disk3s1 on / (apfs, sealed, local)
//ann@server/share on /Volumes/share (smbfs, nodev, nosuid)
"""


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/srv/a.clinic", False),
        ("/mnt/nas/a.clinic", True),
        ("/mnt/nas/local/a.clinic", False),
        ("/mnt/nasty/a.clinic", False),
        ("/mnt/our share/deep/a.clinic", True),
        ("/home/ann/ssh/a.clinic", True),
        ("/home/ann/stick/a.clinic", False),
        ("/home/ann/vault/a.clinic", False),
        ("/mnt/c/clinics/a.clinic", True),
        ("/run/user/1000/gvfs/smb-share/a.clinic", True),
        ("\\\\server\\share\\a.clinic", True),
    ],
)
def test_linux_tells_network_drives_from_its_own(path: str, refused: bool) -> None:
    assert is_on_network(Path(path), lambda: linux_mounts(_LINUX)) is refused


def test_macos_tells_network_drives_from_its_own() -> None:
    assert is_on_network(Path("/Volumes/share/a.clinic"), lambda: mac_mounts(_MAC))
    assert not is_on_network(Path("/Users/ann/a.clinic"), lambda: mac_mounts(_MAC))


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Clinic", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Library/CloudStorage/GoogleDrive-ann", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("boxes", ""),
        ("clinics", ""),
    ],
)
def test_synchronised_folders_are_known_by_name(tmp_path: Path, folder: str, service: str) -> None:
    assert sync_service(tmp_path / folder / "a.clinic") == service


def test_a_synchronised_folder_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert sync_service(tmp_path / "deep" / "a.clinic") == "Syncthing"


def test_nothing_is_opened_or_made_on_a_network_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = a_closed_clinic(home).path
    before = every_byte(home)
    monkeypatch.setattr(surroundings, "_mounts", lambda: [(str(home), "nfs4", "")])
    with pytest.raises(OnNetwork):
        enter(path, tmp_path / "desk")
    with pytest.raises(OnNetwork):
        create(home / "new.clinic", a_profile(), OWNER, FixedClock(NOON), cost=CHEAP)
    assert every_byte(home) == before
