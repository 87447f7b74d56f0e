"""Writes a declaration as YAML, with the reason for every role as a comment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from signaal.anonymise.propose.rules import Verdict
from signaal.schemas.declaration import Column, DataType, Kind, Role

_LONGEST_KEY = 1000
"""YAML allows a key of 1,024 characters; a longer one is written after a question mark."""

_HEAD = """\
# Voorstel voor een bronverklaring. Lees elke regel na voordat u deze gebruikt: een voorstel kan fout zijn.
# Bij twijfel is de strengste rol gekozen. Er staat geen enkel antwoord uit het bestand in deze verklaring.
"""
_UNKNOWN = """\
owner: "VUL IN: wie verantwoordelijk is voor deze bron"
purpose: "VUL IN: waarvoor deze gegevens gebruikt worden"
legal_basis: "VUL IN: de grondslag (AVG art. 6, bij gevoelige gegevens ook art. 9)"
# VUL IN: hoe lang de gegevens bewaard mogen worden, in dagen. 365 is een voorlopige keuze.
retention_days: 365
"""
_ROLES: dict[Role, str] = {
    Role.DIRECT_IDENTIFIER: "direct identificerend",
    Role.QUASI_IDENTIFIER: "indirect identificerend",
    Role.SENSITIVE: "gevoelig",
    Role.FREE_TEXT: "vrije tekst",
    Role.RECORD_ID: "nummer van het formulier",
    Role.KEEP: "ongewijzigd behouden",
    Role.DROP: "weggelaten",
}


@dataclass(frozen=True)
class Entry:
    """One column of the file. Without ``declared`` it is named in a comment only: it is left out."""

    heading: str
    verdict: Verdict
    type: DataType = DataType.TEXT
    declared: bool = True

    @property
    def column(self) -> Column:
        """The column as the declaration has it."""
        verdict = self.verdict
        if verdict.role is Role.DIRECT_IDENTIFIER:
            return Column(role=verdict.role, entity=verdict.entity, action=verdict.action)
        return Column(role=verdict.role, generalise=verdict.generalise, type=self.type)


def declaration_yaml(name: str, kind: Kind, glob: str, entries: Iterable[Entry]) -> str:
    """The text of ``sources/NAME.yaml``; what only people know is marked with ``VUL IN``."""
    entries = tuple(entries)
    lines = [_HEAD, _counts(entries), f"name: {name}\n", f"kind: {kind}\n"]
    lines += [f"files: [{_quoted(glob)}]\n", _UNKNOWN]
    if entries:
        lines += ["columns:\n", *(_entry(entry) for entry in entries)]
    return "".join(lines)


def _counts(entries: tuple[Entry, ...]) -> str:
    counted = Counter(entry.verdict.role for entry in entries if entry.declared)
    said = ", ".join(f"{counted[role]} {name}" for role, name in _ROLES.items() if counted[role])
    return f"# Kolommen: {said}.\n" if said else ""


def _entry(entry: Entry) -> str:
    heading = _quoted(entry.heading)
    comment = f"  # {entry.verdict.reason}\n"
    if not entry.declared:
        return f"{comment}  # NIET OPGENOMEN: {heading}\n"
    if len(heading) > _LONGEST_KEY:
        return f"{comment}  ? {heading}\n  : {{{_settings(entry.column)}}}\n"
    return f"{comment}  {heading}: {{{_settings(entry.column)}}}\n"


def _settings(column: Column) -> str:
    said = [f"role: {column.role}"]
    if column.entity is not None:
        said.append(f"entity: {column.entity}")
        said.append(f"action: {column.action}")
    if column.generalise is not None:
        said.append(f"generalise: {column.generalise}")
    if column.type is DataType.NUMBER:
        said.append("type: number")
    return ", ".join(said)


def _quoted(text: str) -> str:
    """A text as one double-quoted line, so that nothing in it can be read as YAML."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf")).strip("\n")
