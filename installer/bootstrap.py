# SPDX-License-Identifier: Apache-2.0
"""From a fresh checkout to an open window, or to a tested program, in one command.

    python3 installer/bootstrap.py run          set up, make a demo clinic, open the window on it
    python3 installer/bootstrap.py test [...]   set up, run every test; the rest goes to pytest

Standard library only, since it runs before anything is installed. Each step looks first and does
only what is missing: the second run costs a few file reads. What is made lies in ``.venv`` and
``.demo``; deleting both undoes it all. Every failure is one sentence that says what to do.

The syntax is kept to what Python 3.7 parses, so that an old Python is told so in words.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
DEMO = ROOT / ".demo"
RUNTIME = ROOT / "installer" / "requirements.txt"
DEVELOPMENT = ROOT / "installer" / "requirements-dev.txt"

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)  # the newest that the pinned Qt has wheels for

DEMO_USER = "owner"
DEMO_PASSWORD = "demo-clinic-demo"  # noqa: S105 -- invented patients; README names it too

WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")

# What Qt's wheels expect of a Linux system, and Debian's package for each: found by removing one
# at a time from a bare Debian 12. The second list is needed only to draw on an X11 display.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class CannotGoOn(Exception):
    """Something is missing that only the reader can mend; the text says how."""


def say(text: str) -> None:
    """Tell the reader what is going on, at once even into a pipe."""
    print(text, flush=True)


# ── The interpreter ──────────────────────────────────────────────────────────────────────────


def use_a_fitting_python() -> None:
    """Start again under a newer Python when this one is too old and another is installed."""
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        return
    for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and succeeds([other, "-c", "import venv"]):  # some shims exist and fail
            command = [other, str(Path(__file__).resolve()), *sys.argv[1:]]
            raise SystemExit(subprocess.run(command, check=False).returncode)
    raise CannotGoOn(
        "ClinicDesk needs Python {}.{} to {}.{}, and this is {}.{}: install one of them and run "
        "this again.".format(*OLDEST_PYTHON, *NEWEST_PYTHON, *sys.version_info[:2])
    )


# ── The system ───────────────────────────────────────────────────────────────────────────────


def provide_system_parts(*, window: bool) -> None:
    """Make sure of the system's own libraries and of Python's ability to make environments."""
    wanted = {}
    if LINUX:
        libraries = {**QT_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
        wanted = {name: package for name, package in libraries.items() if not is_loadable(name)}
    if not can_make_environments() and not environment_works():
        wanted["the Python module ensurepip"] = "python{}.{}-venv".format(*sys.version_info[:2])
    if not wanted:
        return
    packages = sorted(wanted.values())
    if not has_apt():
        raise CannotGoOn(
            f"This system lacks {', '.join(sorted(wanted))}: install what provides them "
            f"(on Debian that is {' '.join(packages)}) and run this again."
        )
    if os.geteuid() != 0:
        raise CannotGoOn(
            "Some system packages are missing: run 'sudo apt-get install "
            f"--no-install-recommends {' '.join(packages)}' and then this again."
        )
    install_system_packages(packages)
    importlib.invalidate_caches()
    usable = {name: is_loadable(name) for name in wanted if name.startswith("lib")}
    still_missing = sorted(
        package for name, package in wanted.items() if not usable.get(name, can_make_environments())
    )
    if still_missing:
        raise CannotGoOn(
            f"{', '.join(still_missing)} cannot be used by {sys.executable} even now that apt-get "
            "installed it: run this again with the system's own python3."
        )


def is_loadable(library: str) -> bool:
    """Tell whether the dynamic linker finds a library, which is what Qt will ask it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Tell whether ``python -m venv`` will work; Debian ships it without ``ensurepip``."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def has_apt() -> bool:
    """Tell whether this is Debian or one of its children."""
    return LINUX and bool(shutil.which("apt-get")) and bool(shutil.which("dpkg"))


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages; the caller has made sure that we are root."""
    say(f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages],
    ):
        done = listen(command, environment)
        if done.returncode != 0:
            raise CannotGoOn(
                f"'{' '.join(command)}' failed ({last_line(done.stdout)}): mend that and run "
                "this again."
            )


# ── The environment ──────────────────────────────────────────────────────────────────────────


def environment_python() -> Path:
    """Return where the environment's interpreter is, or will be."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def environment_works() -> bool:
    """Tell whether ``.venv`` was made to its end: what was not has no pip that runs."""
    return succeeds([str(environment_python()), "-m", "pip", "--version"])


def provide_environment(requirements: Path) -> None:
    """Make ``.venv`` hold exactly the pinned requirements, unless its stamp says it does.

    The stamp is written last. An environment without it was left half-made, or is out of date:
    it is kept if its pip still runs and made anew if not.
    """
    stamp = stamp_of(requirements)
    current = stamp.exists() and stamp.read_text() == digest_of(requirements)
    if current and environment_python().exists():
        return
    if not environment_works():
        make_environment()
    install_requirements(requirements)
    show_checkout_to_environment()
    # The development file pins the same versions and more, so it stands for both.
    for covered in {RUNTIME, requirements}:
        stamp_of(covered).write_text(digest_of(covered))


def digest_of(requirements: Path) -> str:
    """Return what tells this content of the file from any other."""
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def stamp_of(requirements: Path) -> Path:
    """Return the file that remembers which requirements were installed."""
    return VENV / f"{requirements.stem}.installed"


def make_environment() -> None:
    """Make an empty ``.venv``, over whatever was left there."""
    say("Making the Python environment in .venv")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))
    done = listen([sys.executable, "-m", "venv", str(VENV)])
    if done.returncode != 0:
        raise CannotGoOn(
            f"The Python environment could not be made ({last_line(done.stdout)}): see that {ROOT} "
            f"can be written and that {sys.executable} is whole, then run this again."
        )


def install_requirements(requirements: Path) -> None:
    """Install the pinned wheels, each checked against its hash."""
    say(f"Installing what {requirements.name} pins (some 200 MB, only this once)")
    log = VENV / "pip.log"
    done = subprocess.run(
        [
            *(str(environment_python()), "-m", "pip", "install", "--quiet", "--no-input"),
            *("--disable-pip-version-check", "--require-hashes", "--no-deps"),
            *("--only-binary", ":all:", "--log", str(log), "--requirement", str(requirements)),
            *(() if sys.stdout.isatty() else ("--progress-bar", "off")),
        ],
        check=False,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode != 0:
        raise CannotGoOn(
            f"The Python packages could not be installed ({last_line(done.stderr)}): check the "
            f"network and the free space on the disk, then run this again; pip's log is {log}."
        )


def show_checkout_to_environment() -> None:
    """Let the environment import the checkout itself: no build, and edits act at once."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(listen([str(environment_python()), "-c", code]).stdout.strip())
    (packages / "clinicdesk-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


# ── The program ──────────────────────────────────────────────────────────────────────────────


def provide_demo_clinic() -> Path:
    """Make the demo clinic unless it is there.

    It is made under another name, so that a run stopped half-way leaves nothing that looks ready.
    """
    folder = DEMO / "clinic"
    clinic = folder / "demo.clinic"
    if clinic.exists():
        return clinic
    say("Making the demo clinic")
    making = DEMO / "making"
    for leftover in (making, folder):
        shutil.rmtree(str(leftover), ignore_errors=True)
    making.mkdir(parents=True)
    clinicdesk("The demo clinic could not be made", "demo", str(making / clinic.name))
    making.rename(folder)
    return clinic


def show_without_display(clinic: Path) -> None:
    """Draw every panel into pictures and print last month's papers, where nothing can open."""
    pictures, paper = DEMO / "pictures", DEMO / "month-end.pdf"
    say("There is no display here, so the window is drawn into pictures instead of opened.")
    on_demo = ("--clinic", str(clinic), "--user", DEMO_USER)
    pictures.mkdir(exist_ok=True)
    clinicdesk("The pictures could not be drawn", "tour", *on_demo, "--out", str(pictures))
    clinicdesk(
        "The month-end report could not be made",
        *("report", "month-end", *on_demo, "--out", str(paper)),
    )
    say(f"Pictures of the window:  {pictures}")
    say(f"Last month's month end:  {paper}")


def clinicdesk(failure: str, *arguments: str) -> None:
    """Run the program in the environment; it speaks for itself, we add what to do."""
    environment = {**os.environ, "CLINICDESK_PASSWORD": DEMO_PASSWORD}
    if not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [str(environment_python()), "-m", "clinicdesk", *arguments]
    code = subprocess.run(command, cwd=str(ROOT), env=environment, check=False).returncode
    if code != 0:
        raise CannotGoOn(
            f"{failure} (clinicdesk {arguments[0]} ended with {code}): do what the lines above "
            "say and run this again; if they do not help, delete .demo and .venv first."
        )


def has_display() -> bool:
    """Tell whether a window has somewhere to open, as far as the environment says."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    return not LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def can_open_windows() -> bool:
    """Ask Qt itself: a DISPLAY may be named and not answer, and Qt aborts when it does not."""
    code = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return succeeds([str(environment_python()), "-c", code])


# ── The two commands ─────────────────────────────────────────────────────────────────────────


def run() -> int:
    """Set up and open the window on the demo clinic."""
    provide_system_parts(window=has_display())
    provide_environment(RUNTIME)
    clinic = provide_demo_clinic()
    if has_display() and not can_open_windows():
        say("The display that is named in the environment does not answer.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not has_display():
        show_without_display(clinic)
        return 0
    say(f"Opening {clinic}: sign in as {DEMO_USER} with the password {DEMO_PASSWORD}")
    clinicdesk("The window could not be opened", "--clinic", str(clinic))
    return 0


def test(arguments: list[str]) -> int:
    """Set up with the tools and run the tests; pytest's own exit code is ours."""
    provide_system_parts(window=False)
    provide_environment(DEVELOPMENT)
    # Each room has processes of its own: windows that its tests leave behind would slow the rest.
    whole = ["-n", str(min(2, os.cpu_count() or 1)), "--randomly-seed=1125"]
    rooms = sorted({path.relative_to(ROOT).parts[1] for path in ROOT.glob("tests/**/test_*.py")})
    runs = [arguments] if arguments else [[*whole, f"tests/{room}"] for room in rooms]
    command = [str(environment_python()), "-m", "pytest"]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return max(subprocess.call([*command, *run], cwd=ROOT, env=quiet) for run in runs)


# ── Small things ─────────────────────────────────────────────────────────────────────────────


def succeeds(command: list[str]) -> bool:
    """Tell whether a command can be run and ends well, without showing what it says."""
    try:
        return listen(command).returncode == 0
    except OSError:
        return False


def listen(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, keeping what it says instead of showing it."""
    return subprocess.run(
        command,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def last_line(text: str) -> str:
    """Return the line in which a program says what went wrong: by habit, the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "it said nothing"


def main(arguments: list[str]) -> int:
    """Carry out one of the two commands and return the exit code."""
    command = arguments[0] if arguments else ""
    try:
        if command == "run" and len(arguments) == 1:
            use_a_fitting_python()
            return run()
        if command == "test":
            use_a_fitting_python()
            return test(arguments[1:])
    except CannotGoOn as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; run this again to go on where it was.", file=sys.stderr)
        return 130
    except (OSError, subprocess.SubprocessError) as problem:
        print(f"The system refused ({problem}): mend that and run this again.", file=sys.stderr)
        return 1
    print("Say 'run' or 'test': python3 installer/bootstrap.py run", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
