"""An export as one HTML page for people: figures, charts and tables, to be read on a screen or on paper.

One file: no script, nothing from outside. Text that others chose is escaped. Tables hold the newest 500 rows and say how
many are left out; all rows are in the other formats.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from budgetmon.monitor.export.csv_export import text_into
from budgetmon.monitor.export.landing import landing_file
from budgetmon.monitor.export.page.contents import report_of
from budgetmon.monitor.export.page.report import Chart, Report, Section, Table
from budgetmon.monitor.export.page.style import STYLE
from budgetmon.monitor.export.sheets import Moved, rows_of
from budgetmon.monitor.export.source import Source

_SHORT = 22  # letters of a cell that are never broken into lines


def export_html(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes the page of ``source`` to the file ``target``, whole or not at all. Raises FileExistsError and OSError."""
    with landing_file(target, overwrite=overwrite) as file, text_into(file) as text:
        text.write(page(report_of(source)))
        moved(rows_of(source))


def page(report: Report) -> str:
    """The whole page."""
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{_own(text)}</dd>" for name, text in report.facts)
    figures = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in report.figures)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        # Should anything ever slip through: a page that may load and run nothing.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>\n<body><main>'
        f'<h1>{escape(report.title)}</h1>\n<dl class="facts">{facts}</dl>\n<dl class="figures">{figures}</dl>\n'
        + "\n".join(map(_section, report.sections))
        + "\n</main></body></html>\n"
    )


def _section(section: Section) -> str:
    charts = "".join(map(_chart, section.charts))
    shown = [
        f'<p class="note">{escape(section.note)}</p>' if section.note else "",
        f'<div class="charts">{charts}</div>' if charts else "",
        _table(section.table) if section.table is not None and section.table.rows else "",
    ]
    inside = f'<p class="note">{escape(section.empty)}</p>' if section.is_empty else "".join(shown)
    return f"<section><h2>{escape(section.title)}</h2>{inside}</section>"


def _chart(chart: Chart) -> str:
    return f"<figure><h3>{_own(chart.title)}</h3>{chart.svg}</figure>"


def _table(table: Table) -> str:
    looks = [("number",) if name in table.numbers else () for name in table.columns]
    head = "".join(
        f'<th scope="col"{_classes(*look)}>{escape(name)}</th>' for look, name in zip(looks, table.columns, strict=True)
    )
    rows = "\n".join(
        f"<tr>{''.join(_cell(cell, look) for look, cell in zip(looks, row, strict=True))}</tr>" for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return f'{note}<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'


def _cell(text: str, look: tuple[str, ...]) -> str:
    short = ("short",) if len(text) <= _SHORT else ()
    return f"<td{_classes(*look, *short)}>{_own(text)}</td>"


def _classes(*names: str) -> str:
    return f' class="{" ".join(names)}"' if names else ""


def _own(text: str) -> str:
    """Text that may be of others, kept from turning the direction of what stands around it."""
    return f"<bdi>{escape(text)}</bdi>"
