"""Workers as a table: who is spending."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, count, full_stamp, longest_stamp, money, stamp
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.snapshot import WorkerRow


def alive_words(row: WorkerRow) -> str:
    """Alive or dead as the operating system says; unknown where it cannot be told, such as on another host."""
    return _tr("unknown") if row.alive is None else _tr("alive") if row.alive else _tr("dead")


def _tone(row: WorkerRow) -> str:
    return "muted" if not row.alive else "ok"


def _icon(row: WorkerRow) -> str:
    return "doubt" if row.alive is None else "ok" if row.alive else "released"


def _columns() -> tuple[Column[WorkerRow], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(_tr("Worker"), lambda row, _: str(row.id), 66, numeric=True, sort=lambda row: row.id),
        Column(_tr("State"), lambda row, _: alive_words(row), 96, tone=_tone, icon=_icon),
        Column(_tr("Process"), lambda row, _: str(row.pid), 82, numeric=True, sort=lambda row: row.pid),
        Column(_tr("Host"), lambda row, _: row.host, 104),
        Column(_tr("Calls"), lambda row, _: count(row.calls), 80, numeric=True, sort=lambda row: row.calls),
        Column(
            _tr("Held"),
            lambda row, _: money(row.held) if row.held else NOTHING,
            96,
            numeric=True,
            of_money=True,
            sort=lambda row: row.held,
            copy=lambda row, _: decimal_text(row.held),
        ),
        Column(
            _tr("Connections"),
            lambda row, _: count(row.connections),
            98,
            numeric=True,
            sort=lambda row: row.connections,
            explained=_tr("Open connections to the ledger"),
        ),
        Column(
            _tr("Leaked"),
            lambda row, _: count(row.leaked),
            70,
            numeric=True,
            sort=lambda row: row.leaked,
            tone=lambda row: "warning" if row.leaked else None,
            explained=_tr("Connections that were open when the process died without closing them"),
        ),
        Column(
            _tr("Last write"),
            lambda row, clock: stamp(row.last_write_at, clock.zone, clock.now),
            106,
            whole=(longest_stamp(),),
            sort=lambda row: row.last_write_at,
            tip=lambda row, clock: full_stamp(row.last_write_at, clock.zone),
        ),
        Column(
            _tr("Since"),
            lambda row, clock: stamp(row.started_at, clock.zone, clock.now),
            106,
            whole=(longest_stamp(),),
            sort=lambda row: row.started_at,
            tip=lambda row, clock: full_stamp(row.started_at, clock.zone),
        ),
        Column(
            _tr("Engine"),
            lambda row, _: row.engine or NOTHING,
            90,
            optional=True,
            explained=_tr("Version of the database engine it writes with"),
        ),
        Column(_tr("Command"), lambda row, _: row.command or NOTHING, 220, optional=True, tip=lambda row, _: row.command),
    )


class WorkersModel(RowsModel[WorkerRow]):
    """The workers of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.id, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Workers", text)
