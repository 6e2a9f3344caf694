"""YAML with a memory of where each value stood, so that every error can name file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml

from budgetmon.core.config.errors import ConfigError

T = TypeVar("T")

MOST_LEVELS = 30

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the document and where it stands. ``key`` is its full name: ``budgets[2].limit``."""

    node: yaml.Node
    file: str
    key: str

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return int(self.node.start_mark.line) + 1

    def fail(self, problem: str) -> NoReturn:
        """Raise ConfigError for this entry."""
        raise ConfigError(self.file, self.line, self.key, problem)

    def mapping(self) -> dict[str, Entry]:
        """The entries of a mapping by key; refuses repeated keys and anything that is no mapping."""
        if self.is_empty():
            return {}
        if not isinstance(self.node, yaml.MappingNode):
            self.fail(f"expected a mapping (key: value), not {self._shown()}")
        entries: dict[str, Entry] = {}
        for key_node, value_node in self.node.value:
            name = str(key_node.value)
            entry = Entry(value_node, self.file, f"{self.key}.{name}" if self.key else name)
            if name in entries:
                raise ConfigError(self.file, key_node.start_mark.line + 1, entry.key, "this key appears twice")
            entries[name] = entry
        return entries

    def known(self, *names: str) -> dict[str, Entry]:
        """Like ``mapping``, and refuses keys other than ``names``."""
        entries = self.mapping()
        for name, entry in entries.items():
            if name not in names:
                entry.fail(f"unknown key; expected one of: {', '.join(names)}")
        return entries

    def items(self) -> Iterator[Entry]:
        """The entries of a list."""
        if self.is_empty():
            return
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail(f"expected a list, not {self._shown()}")
        for index, node in enumerate(self.node.value):
            yield Entry(node, self.file, f"{self.key}[{index}]")

    def text(self) -> str:
        """The scalar as it was written, without quotes; never empty."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_empty() or not str(self.node.value).strip():
            self.fail(f"expected a text, not {self._shown()}")
        return str(self.node.value).strip()

    def flag(self) -> bool:
        """true or false."""
        word = self.text().lower()
        if word not in ("true", "false", "yes", "no", "on", "off"):
            self.fail(f"expected true or false, not {word!r}")
        return word in ("true", "yes", "on")

    def parsed(self, parse: Callable[[str], T]) -> T:
        """The text run through ``parse``; its ValueError becomes a ConfigError of this entry."""
        text = self.text()
        try:
            return parse(text)
        except ValueError as error:
            self.fail(str(error))

    def is_empty(self) -> bool:
        """Whether nothing was written after the colon."""
        return self.node.tag == "tag:yaml.org,2002:null"

    def _shown(self) -> str:
        if self.is_empty():
            return "nothing"
        if isinstance(self.node, yaml.ScalarNode):
            return repr(self.node.value) if self.node.value.strip() else "an empty one"
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "a mapping"


def parse_document(text: str, file: str) -> Entry:
    """The root entry of a YAML document. Raises ConfigError with the line of a syntax error."""
    try:
        _refuse_depth(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(file, line, "", f"not valid YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise ConfigError(file, None, "", f"not valid YAML: {error}") from None
    if node is None:
        node = yaml.ScalarNode("tag:yaml.org,2002:null", "", yaml.Mark(file, 0, 0, 0, "", 0))
    return Entry(node, file, "")


def _refuse_depth(text: str, file: str) -> None:
    """libyaml's composer calls itself for each level, and a document without a bottom would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_LEVELS:
                line = event.start_mark.line + 1 if event.start_mark else None
                raise ConfigError(file, line, "", f"nested more than {MOST_LEVELS} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def read_text(path: Path) -> str:
    """The file's text. Raises ConfigError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(path), None, "", "no such file; `budgetmon init` writes one to start from") from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), None, "", "not a text file in UTF-8") from None
    except OSError as error:
        raise ConfigError(str(path), None, "", f"cannot be read: {error.strerror}") from None
