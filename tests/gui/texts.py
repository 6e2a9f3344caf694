"""What the app says to people: every text that its code puts through the translators, found by reading the code.

Qt's own reader of sources looks for calls in Python by their letters: it misses texts in f-strings, the context of a
module's own ``_tr`` and every plural. Here the syntax tree is asked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GUI = Path(__file__).parents[2] / "budgetmon" / "gui"

_COUNTS = re.compile(r"\((s|es|ies)\)")
_FOR_PEOPLE = re.compile(r"^[A-Z][a-z]|[A-Za-z],? [A-Za-z]")  # a capital at the start, or words with a space between them
_TRANSLATORS = {"translate", "QT_TRANSLATE_NOOP", "tr", "_tr"}
_TO_MACHINES = {"asset", "setObjectName", "setProperty", "property", "removesuffix", "startswith"}


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text in the words of the code, and the context under which the translators know it."""

    context: str
    source: str

    @property
    def counts(self) -> bool:
        """Whether it has a form for one and a form for many: such a text is written ``"{count} call(s)"``."""
        return bool(_COUNTS.search(self.source))


class UnreadableTextError(Exception):
    """A call of the translators whose text or context cannot be told from the code."""


def texts_of_app() -> set[Text]:
    """Every text of the desktop app. UnreadableTextError names the call that hides its own."""
    return {text for path in modules() for text in texts_in(path)}


def modules() -> list[Path]:
    """The modules of the desktop app."""
    return sorted(GUI.rglob("*.py"))


def texts_in(path: Path) -> Iterator[Text]:
    """The texts of one module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = _own_context(tree)
    for call, owner in _calls(tree, ""):
        try:
            yield from _texts_of(call, owner, own)
        except UnreadableTextError as error:
            raise UnreadableTextError(f"{path}:{call.lineno}: {error}") from None


def untranslated(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of what looks like words for people in one module and goes through no translator.

    Docstrings, errors for programmers and what a call hands to a machine are left out.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call() if called(node) in _TRANSLATORS | _TO_MACHINES:
                passed.update(ast.walk(node))
            case ast.Raise():
                passed.update(ast.walk(node))
            case ast.Expr(value=ast.Constant() as alone):
                passed.add(alone)
            case ast.Subscript(value=ast.Name(id="Literal")):
                passed.update(ast.walk(node))
    for node in ast.walk(tree):
        text = _literal(node)
        if text and node not in passed and _FOR_PEOPLE.search(text):
            yield node.lineno, text


def called(call: ast.Call) -> str:
    """The last name of what is called: ``"setText"``."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _texts_of(call: ast.Call, owner: str, own: str) -> Iterator[Text]:
    arguments = [_literal(argument) for argument in call.args[:2]]
    match called(call), arguments:
        case "translate", [str(context), str(source)]:
            yield Text(context, source)
        case "QT_TRANSLATE_NOOP", [str(context), str(source)]:
            yield Text(context, source)
        case "_tr", [str(source), *_] if own:
            yield Text(own, source)
        case "tr", [str(source), *_]:
            if isinstance(call.func, ast.Attribute) and not (
                isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
            ):
                raise UnreadableTextError("tr() of another object has that object's context")
            yield Text(owner, source)
        case (("tr" | "_tr" | "QT_TRANSLATE_NOOP"), _):
            raise UnreadableTextError("the text must be written out where it is translated")


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _calls(node: ast.AST, owner: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call under ``node`` with the name of the class that it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, owner
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else owner)


def _own_context(tree: ast.Module) -> str:
    """The context of a module's own ``_tr``, which is one call of ``translate``."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "_tr":
            for call, _ in _calls(node, ""):
                if called(call) == "translate":
                    return _literal(call.args[0]) or ""
    return ""
