"""What was found: personal data by type, in all batches of a run together."""

from collections import Counter
from dataclasses import dataclass

from signaal.schemas.entities import Entity
from signaal.schemas.report import RunReport
from signaal.validation.report.charts import Chart, Part, bar_chart
from signaal.validation.report.notation import count, percent
from signaal.validation.report.parts import parts_of
from signaal.validation.report.words import Words

TOP = 3


@dataclass(frozen=True)
class KindRow:
    """A type of personal data: in words, as the store calls it, how often and what share that is."""

    name: str
    term: Entity
    number: str
    share: str


@dataclass(frozen=True)
class Discoveries:
    """The picture and the table of the findings, most frequent type first."""

    chart: Chart | None
    rows: tuple[KindRow, ...]
    total: str


def discoveries(report: RunReport, words: Words) -> Discoveries:
    """Types that were found at least once."""
    totals: Counter[Entity] = Counter()
    for part in parts_of(report.files):
        totals.update(part.findings)
    found = {entity: n for entity, n in sorted(totals.items(), key=lambda item: (-item[1], item[0])) if n > 0}
    total = sum(found.values())
    rows = tuple(
        KindRow(words.entities[entity], entity, count(number), percent(number / total))
        for entity, number in found.items()
    )
    bars = [(words.entities[entity], [Part(words.entities[entity], n)]) for entity, n in found.items()]
    texts = words.page["findings"]
    top = "; ".join(f"{row.name}: {row.number}" for row in rows[:TOP])
    description = texts["chart_text"].format(findings=words.amount("finding", total), top=f"{top}.")
    return Discoveries(bar_chart("vondsten", texts["chart"], description, bars), rows, count(total))
