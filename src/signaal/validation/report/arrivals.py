"""What came in: the files of a run by source and by where they ended."""

from collections import Counter
from dataclasses import dataclass

from signaal.schemas.report import RunReport, State
from signaal.validation.report.charts import Chart, Part, bar_chart
from signaal.validation.report.notation import count
from signaal.validation.report.words import Words

MOST_BARS = 20


@dataclass(frozen=True)
class SourceRow:
    """A source with its number of files, in all and in each state of the table."""

    name: str
    states: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class Arrivals:
    """The picture and the table of the sources; ``states`` are those that occur, in their order."""

    chart: Chart | None
    states: tuple[State, ...]
    rows: tuple[SourceRow, ...]
    sums: tuple[str, ...]


def arrivals(report: RunReport, words: Words) -> Arrivals:
    """Sources with most files first; files that fit no source come as one row of their own."""
    by_source: dict[str | None, Counter[State]] = {}
    for file in report.files:
        by_source.setdefault(file.source, Counter())[file.state] += 1
    ordered = sorted(by_source.items(), key=lambda item: (item[0] is None, -item[1].total(), item[0] or ""))
    sums = sum(by_source.values(), Counter[State]())
    states = tuple(state for state in State if sums[state])
    named = [(source or words.page["common"]["no_source"], counts) for source, counts in ordered]
    rows = tuple(
        SourceRow(name, tuple(count(counts[state]) for state in states), count(counts.total()))
        for name, counts in named
    )
    texts = words.page["arrivals"]
    description = texts["chart_text"].format(
        files=words.amount("file", len(report.files)), sources=words.amount("source", len(named))
    )
    bars = [(name, _parts(counts, states, words)) for name, counts in _at_most(named, words)]
    chart = bar_chart("bronnen", texts["chart"], description, bars)
    return Arrivals(chart, states, rows, tuple(count(sums[state]) for state in states))


def _parts(counts: Counter[State], states: tuple[State, ...], words: Words) -> list[Part]:
    return [Part(words.states[state].name, counts[state], state.value) for state in states]


def _at_most(named: list[tuple[str, Counter[State]]], words: Words) -> list[tuple[str, Counter[State]]]:
    """The sources that get a bar; the table has all of them."""
    if len(named) <= MOST_BARS:
        return named
    others = sum((counts for _, counts in named[MOST_BARS - 1 :]), Counter[State]())
    return [*named[: MOST_BARS - 1], (words.page["common"]["other_sources"], others)]
