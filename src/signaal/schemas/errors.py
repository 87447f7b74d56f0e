"""Errors that a person may read: what, where, what to do; never a raw value."""

from enum import StrEnum


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


class FileNotTakenError(SignaalError):
    """A file is left where it is: it cannot be read, or fits no declaration."""
