# SPDX-License-Identifier: Apache-2.0
"""Puts the two data folders of the checkout into the wheel.

``resources/`` and ``translations/`` lie beside the package, where translators and designers look
for them; an installed program has only its package. So a build copies them to
``clinicdesk/resources`` and ``clinicdesk/translations``, and ``clinicdesk.kernel.places`` finds
them in either place. Called by setuptools (``cmdclass`` in ``pyproject.toml``), by nobody else.
"""

from __future__ import annotations

from pathlib import Path

from setuptools.command.build_py import build_py

DATA_FOLDERS = ("resources", "translations")


class BuildWithData(build_py):
    """The usual build of the package, then the data folders."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return  # the checkout itself is what is used
        for source, target in self._data_files():
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target), preserve_mode=False)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: FBT001, FBT002 -- setuptools' signature
        copied = [str(target) for _, target in self._data_files()]
        return [*super().get_outputs(include_bytecode), *copied]

    def _data_files(self) -> list[tuple[Path, Path]]:
        package = Path(self.build_lib) / "clinicdesk"
        return [
            (source, package / source)
            for folder in DATA_FOLDERS
            for source in sorted(Path(folder).rglob("*"))
            if source.is_file() and "__pycache__" not in source.parts
        ]
