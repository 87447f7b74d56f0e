"""Writes a declaration as YAML, with the reason for every role as a comment."""

from collections import Counter
from collections.abc import Iterable, Iterator

import yaml

from signaal.anonymise.propose.entry import Entry
from signaal.anonymise.propose.repeats import RepeatEntries
from signaal.schemas.column import Column, DataType, DateOrder, Generalise, Role
from signaal.schemas.declaration import Kind

_LONGEST_KEY = 1000
"""YAML allows a key of 1,024 characters; a longer one is written after a question mark."""

_HEAD = """\
# Voorstel voor een bronverklaring. Lees elke regel na voordat u deze gebruikt: een voorstel kan fout zijn.
# Bij twijfel is de strengste rol gekozen. Er staat geen enkel antwoord uit het bestand in deze verklaring,
# behalve onder missing: vaste woorden en codes die zeggen dat er geen antwoord is.
"""
_UNKNOWN = """\
owner: "VUL IN: wie verantwoordelijk is voor deze bron"
purpose: "VUL IN: waarvoor deze gegevens gebruikt worden"
legal_basis: "VUL IN: de grondslag (AVG art. 6, bij gevoelige gegevens ook art. 9)"
# VUL IN: hoe lang de gegevens bewaard mogen worden, in dagen. 365 is een voorlopige keuze.
retention_days: 365
"""
_LEFT_OUT = """\
# NIET OPGENOMEN: {}. Een tabblad heeft koppen nodig, een kolom die naar een formulier verwijst
# (_parent_index, met _index bij de formulieren) en een korte naam.
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


def declaration_yaml(
    name: str,
    kind: Kind,
    glob: str,
    entries: Iterable[Entry],
    *,
    repeats: Iterable[RepeatEntries] = (),
    left_out: int = 0,
) -> str:
    """The text of ``sources/NAME.yaml``; what only people know is marked with ``VUL IN``.

    ``left_out``: how many sheets cannot be declared.
    """
    entries, repeats = tuple(entries), tuple(repeats)
    lines = [_HEAD, _counts(entries), f"name: {name}\n", f"kind: {kind}\n"]
    lines += [f"files: [{_quoted(glob)}]\n", _UNKNOWN]
    if entries:
        lines += ["columns:\n", *(_entry(entry, "  ") for entry in entries)]
    if repeats:
        lines += ["# Per formulier een of meer rijen op een eigen tabblad.\n", "repeats:\n"]
        lines += [line for repeat in repeats for line in _repeat(repeat)]
    if left_out:
        lines.append(_LEFT_OUT.format("1 tabblad" if left_out == 1 else f"{left_out} tabbladen"))
    return "".join(lines)


def _counts(entries: tuple[Entry, ...]) -> str:
    counted = Counter(entry.role for entry in entries if entry.declared)
    said = ", ".join(f"{counted[role]} {name}" for role, name in _ROLES.items() if counted[role])
    return f"# Kolommen: {said}.\n" if said else ""


def _repeat(repeat: RepeatEntries) -> Iterator[str]:
    yield f"  {_quoted(repeat.sheet)}:\n"
    yield f"    parent: {_quoted(repeat.parent)}\n"
    yield f"    key: {_quoted(repeat.key)}\n"
    yield "    columns:\n"
    yield from (_entry(entry, "      ") for entry in repeat.entries)


def _entry(entry: Entry, indent: str) -> str:
    heading = _quoted(entry.heading)
    said = f"{indent}# {'; '.join((entry.reason, *entry.notes))}\n"
    if not entry.declared:
        return f"{said}{indent}# NIET OPGENOMEN: {heading}\n"
    if len(heading) > _LONGEST_KEY:
        return f"{said}{indent}? {heading}\n{indent}: {{{_settings(entry.column)}}}\n"
    return f"{said}{indent}{heading}: {{{_settings(entry.column)}}}\n"


def _settings(column: Column) -> str:
    said = {"role": str(column.role)}
    if column.entity is not None:
        said |= {"entity": str(column.entity), "action": str(column.action)}
    if column.generalise is not None:
        said["generalise"] = _generalise(column.generalise)
    if column.type is not DataType.TEXT:
        said["type"] = str(column.type)
    if column.decimal is not None:
        said["decimal"] = str(column.decimal)
    if column.date_order is not DateOrder.DAY_FIRST:
        said["date_order"] = str(column.date_order)
    if column.missing:
        said["missing"] = f"[{', '.join(map(_quoted, column.missing))}]"
    if column.question:
        said["question"] = _quoted(column.question)
    return ", ".join(f"{name}: {value}" for name, value in said.items())


def _generalise(generalise: Generalise) -> str:
    named = generalise.model_dump(exclude_none=True)
    if len(named) == 1:
        return generalise.hierarchy
    return f"{{{', '.join(f'{name}: {value}' for name, value in named.items())}}}"


def _quoted(text: str) -> str:
    """A text as one double-quoted line, so that nothing in it can be read as YAML."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf")).strip("\n")
