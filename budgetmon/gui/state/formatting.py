"""Numbers, money and times as people read them, in the operator's locale and style. Nothing here decides anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import NANOS_PER_USD, display_usd
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.gui.state.number_style import currency_pattern, grouped, number_locale
from budgetmon.monitor.snapshot import Ask

translate = QCoreApplication.translate

NOTHING = "\N{EN DASH}"  # what stands where a number would be a guess

Noun = Literal["call", "new call", "token", "lookup", "hit", "entry", "live worker", "writer"]

# What is counted. The (s) tells the translators that a text has one form for one and others for many; English has a file
# of these too, which ``translation`` always installs.
_COUNTED: dict[Noun, object] = {
    "call": QT_TRANSLATE_NOOP("units", "{count} call(s)"),
    "new call": QT_TRANSLATE_NOOP("units", "{count} new call(s)"),
    "token": QT_TRANSLATE_NOOP("units", "{count} token(s)"),
    "lookup": QT_TRANSLATE_NOOP("units", "{count} lookup(s)"),
    "hit": QT_TRANSLATE_NOOP("units", "{count} hit(s)"),
    "entry": QT_TRANSLATE_NOOP("units", "{count} entry(ies)"),
    "live worker": QT_TRANSLATE_NOOP("units", "{count} live worker(s)"),
    "writer": QT_TRANSLATE_NOOP("units", "{count} writer(s)"),
}
_NOUN_OF_UNIT: dict[Unit, Noun] = {Unit.CALLS: "call", Unit.TOKENS: "token"}
_MILLION = 1_000_000

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def reader_locale() -> QLocale:
    """The operator's locale, for the names of days and months; numbers are written in ``number_locale``."""
    return grouped(QLocale())


def money(nanos: int) -> str:
    """``"$1,234.50"`` with the separators and the currency of the style in force."""
    locale = number_locale()
    marks = {",": locale.groupSeparator(), ".": locale.decimalPoint()}
    sign, _, digits = display_usd(nanos).partition("$")
    amount = "".join(marks.get(letter, letter) for letter in digits)
    return sign + dollars(amount)


def dollars(amount: str) -> str:
    """An amount that is already written out, with its currency: ``"$4.20"``, ``"4,20 $"``, ``"4.20 USD"``."""
    pattern = currency_pattern()
    return translate("units", "${amount}").format(amount=amount) if pattern is None else pattern.format(amount)


def brief_money(nanos: int) -> str:
    """Small amounts in two digits, for where room is short: ``"$0.027"``; from one dollar on as ``money``."""
    if not 0 < abs(nanos) < NANOS_PER_USD:
        return money(nanos)
    step = 10 ** max(0, len(str(abs(nanos))) - 2)
    return money(round(nanos / step) * step)


def money_or_nothing(nanos: int | None) -> str:
    """Money, or an en dash where it is not known."""
    return NOTHING if nanos is None else money(nanos)


def count(number: int) -> str:
    """``"12,431"``."""
    return number_locale().toString(number)


def number(value: float, places: int) -> str:
    """A number with at most ``places`` decimals: ``"0.42"``, ``"1,200"``."""
    text = decimal(value, places)
    return text.rstrip("0").removesuffix(number_locale().decimalPoint()) if places else text


def decimal(value: float, places: int) -> str:
    """A number with exactly ``places`` decimals, for where numbers stand below one another: ``"0.40"``."""
    return str(number_locale().toString(float(value), "f", places))


def in_seconds(seconds: float, places: int) -> str:
    """``"4.20 s"``."""
    return translate("units", "{count} s").format(count=decimal(seconds, places))


def short_count(number: int) -> str:
    """A count for where room is short: ``"12,431"``, ``"1.94M"``. Rounded down, so that it never claims more than there is."""
    for size, letter in ((1_000_000_000, "G"), (1_000_000, "M")):
        if abs(number) >= size:
            hundredths = number * 100 // size
            text = number_locale().toString(hundredths / 100, "f", 2).rstrip("0")
            return f"{text.removesuffix(number_locale().decimalPoint())}{letter}"
    return count(number)


def counted(number: int, noun: Noun) -> str:
    """``"1 call"``, ``"12 calls"``."""
    return _counted(number, count(number), noun)


def _counted(number: int, digits: str, noun: Noun) -> str:
    # Qt counts in 32 bits. Which form a language takes never depends on more than the last six digits.
    form = number if number < _MILLION else _MILLION + number % _MILLION
    return translate("units", str(_COUNTED[noun]), None, form).format(count=digits)


def amount(unit: Unit, value: int) -> str:
    """An amount in the unit of a budget, without the unit's word: ``"$4.20"``, ``"25"``."""
    return money(value) if unit is Unit.USD else count(value)


def amount_words(unit: Unit, value: int) -> str:
    """An amount with its unit: ``"$4.20"``, ``"25 calls"``, ``"1 token"``."""
    return money(value) if unit is Unit.USD else counted(value, _NOUN_OF_UNIT[unit])


def short_amount(unit: Unit, value: int) -> str:
    """An amount for where room is short: ``"$4.20"``, ``"1.94M"``."""
    return money(value) if unit is Unit.USD else short_count(value)


def short_amount_words(unit: Unit, value: int) -> str:
    """The same with its unit: ``"$4.20"``, ``"5M tokens"``."""
    return money(value) if unit is Unit.USD else _counted(value, short_count(value), _NOUN_OF_UNIT[unit])


def percent(share: float) -> str:
    """``"63%"``. Rounded down, so that 100% means all of it; a trace shows as ``"<1%"``."""
    if 0 < share < 0.01:
        return "<" + percent_sign(count(1))
    return percent_sign(count(int(share * 100 + 1e-9)))


def percent_sign(amount: str) -> str:
    """An amount that is already written out, as so many of a hundred: ``"63%"``, ``"63 %"``."""
    return translate("units", "{amount}%").format(amount=amount)


def duration(milliseconds: int) -> str:
    """The two largest units: ``"3 d 4 h"``, ``"9 h 12 min"``, ``"4 min"``, ``"45 s"``."""
    if milliseconds < _HOUR:
        return rough_duration(milliseconds)
    size, smaller = (_HOUR, _MINUTE) if milliseconds < _DAY else (_DAY, _HOUR)
    whole, rest = milliseconds - milliseconds % size, milliseconds % size
    if rest < smaller or whole >= 14 * _DAY:
        return rough_duration(whole)
    return f"{rough_duration(whole)} {rough_duration(rest)}"


def rough_duration(milliseconds: int) -> str:
    """One unit where that is enough: ``"3 d"``, ``"9 h"``, ``"12 min"``."""
    units = (
        (_DAY, translate("units", "{count} d")),
        (_HOUR, translate("units", "{count} h")),
        (_MINUTE, translate("units", "{count} min")),
    )
    for size, words in units:
        if milliseconds >= size:
            return words.format(count=count(milliseconds // size))
    return translate("units", "{count} s").format(count=max(0, milliseconds) // 1000)


def took(milliseconds: int | None) -> str:
    """How long a call took: ``"840 ms"``, ``"2.4 s"``, ``"3 min"``."""
    if milliseconds is None:
        return NOTHING
    if milliseconds < 1000:
        return translate("units", "{count} ms").format(count=milliseconds)
    if milliseconds < _MINUTE:
        return in_seconds(milliseconds / 1000, 1)
    return duration(milliseconds)


def age(seconds: float) -> str:
    """``"just now"``, ``"12 s ago"``, ``"3 min ago"``."""
    told = told_age(seconds)
    if not told:
        return translate("units", "just now")
    return translate("units", "{time} ago").format(time=rough_duration(told * 1000))


def told_age(seconds: float) -> int:
    """As much of an age as its words tell, in whole seconds: two ages with the same one have the same words."""
    return int(seconds) if seconds >= 2 else 0


@lru_cache(maxsize=32)
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone ``name``; UTC when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local(at: int, zone: str) -> datetime:
    """UTC milliseconds as a local time in ``zone``."""
    return datetime.fromtimestamp(at / 1000, zone_of(zone))


def moment(at: int, zone: str, now: int) -> str:
    """A time as short as it can be told from ``now``: ``"14:20"`` today, ``"Thu 14:20"`` this week, ``"12 Mar 14:20"``."""
    if at >= FAR_FUTURE:
        return translate("units", "never")
    when, today = local(at, zone), local(now, zone)
    clock = when.strftime("%H:%M")
    if when.date() == today.date():
        return clock
    if abs(when.date() - today.date()) < timedelta(days=7):
        return f"{day_name(when)} {clock}"
    return f"{day_and_month(when) if when.year == today.year else long_date(when)} {clock}"


def stretch_words(ask: Ask, zone: str, now: int) -> str:
    """The stretch of time that charts show: ``"in the last 6 h"``, ``"from 14:00 to 15:30"``."""
    span = round(ask.span.total_seconds() * 1000)
    if ask.until is None:
        return translate("units", "in the last {time}").format(time=duration(span))
    since, until = moment(ask.until - span, zone, now), moment(ask.until, zone, now)
    return translate("units", "from {since} to {until}").format(since=since, until=until)


def day_name(when: datetime) -> str:
    """``"Thu"``."""
    return reader_locale().dayName(when.isoweekday(), QLocale.FormatType.ShortFormat)


def month_name(when: datetime) -> str:
    """``"Mar"``."""
    return reader_locale().monthName(when.month, QLocale.FormatType.ShortFormat)


def day_and_month(when: datetime) -> str:
    """``"12 Mar"``."""
    return translate("units", "{day} {month}").format(day=when.day, month=month_name(when))


def day_of_week(when: datetime) -> str:
    """``"Thu 12"``."""
    return translate("units", "{weekday} {day}").format(weekday=day_name(when), day=when.day)


def month_of_year(when: datetime) -> str:
    """``"Mar 2026"``."""
    return translate("units", "{month} {year}").format(month=month_name(when), year=when.year)


def long_date(when: datetime) -> str:
    """``"12 Mar 2026"``."""
    return translate("units", "{day} {month} {year}").format(day=when.day, month=month_name(when), year=when.year)


def stamp(at: int, zone: str, now: int) -> str:
    """A time in a table: ``"14:20:05"`` today, ``"12 Mar 14:20"`` before. The tooltip has it in full."""
    when, today = local(at, zone), local(now, zone)
    return when.strftime("%H:%M:%S") if when.date() == today.date() else f"{day_and_month(when)} {when:%H:%M}"


def longest_stamp() -> str:
    """What ``stamp`` may need for room."""
    return f"{day_and_month(datetime(2000, 9, 28, tzinfo=UTC))} 20:08"


def full_stamp(at: int, zone: str) -> str:
    """A time with everything, for tooltips and copies: ``"2026-03-12 14:20:05.123 CET"``."""
    when = local(at, zone)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03d} {when:%Z}"


def data_size(size: int) -> str:
    """``"1.2 MiB"``, ``"512 B"``."""
    units = (
        (3, translate("units", "{count} GiB")),
        (2, translate("units", "{count} MiB")),
        (1, translate("units", "{count} KiB")),
    )
    for power, words in units:
        if size >= 1024**power:
            return words.format(count=decimal(size / 1024**power, 1))
    return translate("units", "{count} B").format(count=count(size))
