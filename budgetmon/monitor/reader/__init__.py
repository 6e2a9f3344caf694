"""Reads a ledger without ever writing to it or holding up those who do."""

from budgetmon.monitor.reader.poll import LedgerReader

__all__ = ["LedgerReader"]
