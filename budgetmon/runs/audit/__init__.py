"""The audit: proves budgetmon's claims on this machine and this disk, with real processes and a ledger of its own."""
