"""Errors that a person may read: what, where, what to do; never a raw value."""

from enum import StrEnum

import yaml


class Code(StrEnum):
    """What went wrong, as the report, the log and Prefect name it."""

    CONFIGURATION = "configuration"
    BUSY = "busy"
    NO_DECLARATION = "no_declaration"
    TWO_DECLARATIONS = "two_declarations"
    MISSING_COLUMNS = "missing_columns"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown_format"
    CHANGED = "changed"
    DETECTION = "detection"
    STORE = "store"
    INTERNAL = "internal"


class SignaalError(Exception):
    """An error whose message is safe to keep: it quotes no cell, no text and no file name.

    Args:
        code: what went wrong.
        message: one sentence: what, where, what to do.
    """

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["SignaalError"], tuple[Code, str]]:
        return type(self), (self.code, self.message)


class ConfigurationError(SignaalError):
    """Settings, key or declarations are not in order (exit code 2)."""

    def __init__(self, message: str) -> None:
        super().__init__(Code.CONFIGURATION, message)

    def __reduce__(self) -> tuple[type["SignaalError"], tuple[Code, str]]:
        return type(self), (self.message,)  # type: ignore[return-value]


def yaml_problem(error: Exception) -> str:
    """What is wrong with a YAML file of a person, and what to do: the words of the library quote the file."""
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return f"line {line} is not valid YAML; look at its indentation, quotes and colons"
    if isinstance(error, OSError):
        return "cannot be read; give this account the right to read it"
    return "is not valid YAML in UTF-8; save it again as such"


class FileNotTakenError(SignaalError):
    """A file is left where it is: it cannot be read, or fits no declaration."""
