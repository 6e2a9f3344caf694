"""Lambdas and partials in connect keep widgets alive that were dropped; bound methods don't."""

import ast
from pathlib import Path

import budgetmon.gui

GUI = Path(budgetmon.gui.__file__).parent


def _connects(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "connect"]


def test_that_no_lambda_and_no_partial_is_connected() -> None:
    found, connected = [], 0
    for path in sorted(GUI.rglob("*.py")):
        for call in _connects(ast.parse(path.read_text(encoding="utf-8"))):
            connected += 1
            for node in (each for argument in call.args for each in ast.walk(argument)):
                name = getattr(node, "id", getattr(node, "attr", ""))
                if isinstance(node, ast.Lambda) or name == "partial":
                    found.append(f"{path.relative_to(GUI)}:{call.lineno}")
    assert connected > 50, "the search finds what it looks for"
    assert not found
