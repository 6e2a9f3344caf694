"""The one error of the configuration."""

from __future__ import annotations


class ConfigError(ValueError):
    """The configuration cannot be used. Names file, line (from 1), key, and what was expected there."""

    def __init__(self, file: str, line: int | None, key: str, problem: str) -> None:
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {key}: {problem}" if key else f"{where}: {problem}")

    def __reduce__(self) -> tuple[type[ConfigError], tuple[str, int | None, str, str]]:
        return type(self), (self.file, self.line, self.key, self.problem)
