"""``python -m budgetmon``: the command line."""

from budgetmon.cli.app import main

main()
