"""One table figure by figure: its risk before and after, and what it cost to bring that down."""

from dataclasses import dataclass

from signaal.schemas.declaration import Thresholds
from signaal.schemas.hierarchy_words import hierarchy_words
from signaal.schemas.report import FileReport, State
from signaal.schemas.risk import ColumnLevel, DisclosureRisk, Solution, TableRisk
from signaal.validation.report.notation import MISSING, count, decimal, percent, percent_beside
from signaal.validation.report.words import Words

DECIMALS = 3


@dataclass(frozen=True)
class Figure:
    """A measure before and after, and what it means. ``missed``: it does not reach its limit."""

    name: str
    before: str
    after: str
    meaning: str
    missed: bool = False


@dataclass(frozen=True)
class SensitiveRow:
    """A sensitive column: l, t and what can be inferred, each before and after."""

    column: str
    figures: tuple[tuple[str, bool], ...]
    """What is said, and whether it misses its limit."""


@dataclass(frozen=True)
class LevelRow:
    """How coarse a quasi-identifier is published, and what that cost."""

    column: str
    hierarchy: str
    level: str
    lost: str
    emptied: str


@dataclass(frozen=True)
class Block:
    """A table of a source: figures, sensitive columns, levels, and sentences about the rest."""

    ident: str
    label: str
    source: str
    state: State
    about: str
    figures: tuple[Figure, ...]
    sensitive: tuple[SensitiveRow, ...]
    levels: tuple[LevelRow, ...]
    remarks: tuple[str, ...]


def block(part: FileReport, number: int, words: Words) -> Block:
    """A table of which the risk was measured; ``number`` tells it from others on the page.

    Raises:
        ValueError: its risk was not measured.
    """
    if part.risk is None:
        raise ValueError("there is no risk to show")
    limits = part.thresholds or Thresholds()
    return Block(
        ident=f"risico-{number}",
        label=part.label,
        source=part.source or words.page["common"]["no_source"],
        state=part.state,
        about=_about(part, part.risk, words),
        figures=_figures(part.risk, limits, words),
        sensitive=_sensitive(part.risk, limits),
        levels=tuple(map(_level, part.solution.columns)) if part.solution else (),
        remarks=_remarks(part, part.risk, limits, words),
    )


def _about(part: FileReport, risk: DisclosureRisk, words: Words) -> str:
    texts = words.page["risk_block"]
    sentence = texts["about"] if part.others <= 0 else texts["about_others"]
    return sentence.format(
        records=words.amount("record", risk.after.records), others=words.amount("record", part.others)
    )


def _figures(risk: DisclosureRisk, limits: Thresholds, words: Words) -> tuple[Figure, ...]:
    texts, before, after = words.page["risk_block"], risk.before, risk.after
    smallest = texts["k_means"].format(k=count(limits.k))
    people = texts["population_means"].format(
        people=words.amount("person", risk.population),
        model=next((said for model, said in words.models.items() if model == risk.model), risk.model),
    )
    return (
        Figure(texts["k"], count(before.k), count(after.k), smallest, after.k < limits.k),
        _share(texts["sample"], before.sample_unique, after.sample_unique, texts["sample_means"]),
        _share(texts["population"], before.population_unique, after.population_unique, people),
        _share(texts["single"], before.singling_out, after.singling_out, texts["single_means"]),
        _share(texts["link"], before.linkability, after.linkability, texts["link_means"]),
    )


def _share(name: str, before: float, after: float, meaning: str) -> Figure:
    return Figure(name, percent(before), percent(after), meaning)


def _sensitive(risk: DisclosureRisk, limits: Thresholds) -> tuple[SensitiveRow, ...]:
    """Columns of which anything was filled in; in the order of the declaration."""
    return tuple(_sensitive_row(name, risk, limits) for name in risk.after.diversity)


def _sensitive_row(name: str, risk: DisclosureRisk, limits: Thresholds) -> SensitiveRow:
    after_l, after_t = risk.after.diversity[name], risk.after.closeness.get(name)
    too_far = limits.t is not None and after_t is not None and after_t > limits.t
    return SensitiveRow(
        name,
        (
            (_count(risk.before.diversity.get(name)), False),
            (count(after_l), after_l < limits.l),
            (_distance(risk.before, name), False),
            (_distance(risk.after, name), too_far),
            (percent(risk.before.inference.get(name)), False),
            (percent(risk.after.inference.get(name)), False),
        ),
    )


def _count(number: int | None) -> str:
    return MISSING if number is None else count(number)


def _distance(table: TableRisk, name: str) -> str:
    found = table.closeness.get(name)
    return MISSING if found is None else decimal(found, DECIMALS)


def _level(column: ColumnLevel) -> LevelRow:
    """In our words where the hierarchy ships with the program, else as its own file calls it."""
    known = hierarchy_words(column.hierarchy or MISSING)
    lost, emptied = percent(column.lost), count(column.emptied)
    return LevelRow(column.variable, known.name, known.level(column.name), lost, emptied)


def _remarks(part: FileReport, risk: DisclosureRisk, limits: Thresholds, words: Words) -> tuple[str, ...]:
    texts = words.page["risk_block"]
    remarks = [] if part.solution is None else _of_solution(part.solution, limits, words)
    if risk.newcomers is None:
        remarks.append(texts["newcomers_none"])
    else:
        remarks.append(texts["newcomers"].format(number=count(risk.newcomers)))
    if part.deferred > 0:
        remarks.append(texts["deferred"].format(records=words.amount("record", part.deferred)))
    return tuple(remarks)


def _of_solution(solution: Solution, limits: Thresholds, words: Words) -> list[str]:
    texts = words.page["risk_block"]
    suppressed, limit = percent_beside(solution.suppressed, limits.max_suppressed)
    cost = texts["cost"].format(lost=percent(solution.lost), suppressed=suppressed, limit=limit)
    if solution.obstacle is not None:
        return [texts["obstacle"].format(column=solution.obstacle), cost]
    found = texts["optimal"] if solution.optimal else texts["not_optimal"]
    return [cost, found.format(checked=count(solution.checked), possible=count(solution.possible))]
