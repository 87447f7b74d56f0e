"""Proposes a source declaration for a file that no source fits yet."""

from signaal.anonymise.propose.propose import propose

__all__ = ["propose"]
