"""Where shipped files lie: fonts, icons, theme tokens. One locator for an installed wheel and for a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CANDIDATES = (
    _PACKAGE / "_resources",  # an installed wheel carries them inside the package
    _PACKAGE.parent / "resources" / "app",  # a checkout, or an editable install that points to one
)


class AssetMissingError(Exception):
    """A shipped file is not where it should be: the installation is incomplete."""


def asset(relative: str) -> Path:
    """The shipped file ``relative``, such as ``"icons/open.svg"``. AssetMissingError when the installation lacks it."""
    path = asset_folder() / relative
    if not path.is_file():
        raise AssetMissingError(f"budgetmon is installed without {relative}: reinstall it with pip install 'budgetmon[gui]'")
    return path


@cache
def asset_folder() -> Path:
    """The folder that holds all shipped files. AssetMissingError when there is none."""
    return first_folder(_CANDIDATES)


def first_folder(candidates: tuple[Path, ...]) -> Path:
    """The first of ``candidates`` that is a folder with a theme in it; AssetMissingError names them all otherwise."""
    for candidate in candidates:
        if (candidate / "theme").is_dir():
            return candidate
    looked = ", ".join(str(candidate) for candidate in candidates)
    raise AssetMissingError(f"budgetmon is installed without its resources; looked in {looked}")
