"""Reads a ledger without ever writing to it or holding up those who do."""

from budgetmon.core.storage.connection import engine_version
from budgetmon.monitor.reader.poll import LedgerReader

__all__ = ["LedgerReader", "engine_version"]
