"""How numbers and currency are written: as the language does it, as the desktop does, or as somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLocale

_NARROW, _FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


class Digits(StrEnum):
    """The separators of thousands and decimals. DESKTOP takes them from the desktop, whatever the app's language is."""

    LANGUAGE = "language"
    DESKTOP = "desktop"
    COMMA_POINT = "1,234.56"
    POINT_COMMA = "1.234,56"
    SPACE_COMMA = "1 234,56"
    APOSTROPHE_POINT = "1'234.56"


class Currency(StrEnum):
    """How the currency is named, and on which side of the amount."""

    LANGUAGE = "language"
    SIGN_FIRST = "$4.20"
    SIGN_LAST = "4.20 $"
    CODE_FIRST = "USD 4.20"
    CODE_LAST = "4.20 USD"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers and amounts of money are written. The first one leaves both to the language."""

    digits: Digits = Digits.LANGUAGE
    currency: Currency = Currency.LANGUAGE


class _InForce:
    """As with QLocale's default, there is one for the whole app, of its GUI thread."""

    style = NumberStyle()


# A region that writes so; which language it speaks does not matter to digits.
_REGIONS = {
    Digits.COMMA_POINT: (QLocale.Language.English, QLocale.Country.UnitedStates),
    Digits.POINT_COMMA: (QLocale.Language.German, QLocale.Country.Germany),
    Digits.SPACE_COMMA: (QLocale.Language.French, QLocale.Country.France),
    Digits.APOSTROPHE_POINT: (QLocale.Language.German, QLocale.Country.Switzerland),
}
_PATTERNS = {
    Currency.SIGN_FIRST: "${}",
    Currency.SIGN_LAST: f"{{}}{_NARROW}$",
    Currency.CODE_FIRST: f"USD{_FIXED}{{}}",
    Currency.CODE_LAST: f"{{}}{_FIXED}USD",
}


def write_numbers(style: NumberStyle) -> None:
    """Write all numbers in ``style`` from now on. What is shown already has to be shown anew."""
    _InForce.style = style


def style_in_force() -> NumberStyle:
    """The style in which numbers are written now."""
    return _InForce.style


def grouped(locale: QLocale) -> QLocale:
    """``locale``; English instead of the bare C locale, which groups no digits: people read these numbers."""
    bare = locale.language() == QLocale.Language.C
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates) if bare else locale


def number_locale() -> QLocale:
    """The locale whose separators are in force."""
    match _InForce.style.digits:
        case Digits.LANGUAGE:
            return grouped(QLocale())
        case Digits.DESKTOP:
            return grouped(QLocale.system())
        case digits:
            return QLocale(*_REGIONS[digits])


def currency_pattern() -> str | None:
    """Where an amount goes beside the currency, as ``"{} USD"``; None where that is for the language to say."""
    return _PATTERNS.get(_InForce.style.currency)
