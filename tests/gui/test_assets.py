"""Shipped files are found in a checkout and in an installed wheel."""

import configparser
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from budgetmon.gui import assets
from budgetmon.gui.action_specs import action_specs, scheme_choices
from budgetmon.gui.app import make_application
from budgetmon.gui.theme.tokens import load_tokens


def test_that_a_wheel_is_found_before_a_checkout(tmp_path: Path) -> None:
    wheel, checkout = tmp_path / "_resources", tmp_path / "resources" / "app"
    (checkout / "theme").mkdir(parents=True)
    assert assets.first_folder((wheel, checkout)) == checkout
    (wheel / "theme").mkdir(parents=True)
    assert assets.first_folder((wheel, checkout)) == wheel


def test_that_an_incomplete_installation_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetMissingError, match="nowhere"):
        assets.first_folder((tmp_path / "nowhere",))
    with pytest.raises(assets.AssetMissingError, match=r"icons/absent\.svg"):
        assets.asset("icons/absent.svg")


def test_that_every_icon_of_the_registry_is_shipped() -> None:
    for name in [spec.icon for spec in action_specs()] + [icon for _, _, icon in scheme_choices()]:
        assert assets.asset(f"icons/{name}.svg").is_file()


def test_that_the_font_is_shipped_with_its_licence_and_stays_small() -> None:
    fonts = list((assets.asset_folder() / "fonts").glob("*.otf"))
    assert len(fonts) == 3
    assert sum(font.stat().st_size for font in fonts) < 1_000_000
    assert "SIL OPEN FONT LICENSE" in assets.asset("fonts/Inter-OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_that_a_theme_file_holds_exactly_the_tokens(name: str) -> None:
    raw = json.loads(assets.asset(f"theme/{name}.json").read_text(encoding="utf-8"))
    assert set(raw) == set(type(load_tokens(name)).__dataclass_fields__)


def test_that_the_entry_of_the_desktops_menu_starts_the_app_and_names_its_icon(qapp: QApplication) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[method-assign, assignment]
    entry.read_string(assets.asset("budgetmon.desktop").read_text(encoding="utf-8"))
    shown = entry["Desktop Entry"]
    assert shown["Exec"] == "budgetmon gui %f"
    assert shown["Icon"] == make_application().desktopFileName() == "budgetmon"
    assert shown["Categories"].endswith(";")
