"""Words side by side in a text that are one name of the batch."""

from collections.abc import Sequence
from dataclasses import dataclass

from signaal.anonymise.text.batch_names.parts import Hit, Parts
from signaal.anonymise.text.batch_names.people import BatchPeople, are_initials
from signaal.anonymise.text.people.search import (
    ABBREVIATED,
    BEHIND_INITIAL,
    BETWEEN,
    BETWEEN_TURNED,
    MOST_PARTICLES,
)
from signaal.anonymise.text.people.word_lists import JOINING, LABELS, PARTICLES
from signaal.anonymise.text.people.words import Word

MOST_UNITS = 8
"""Words and initials of one name in a text; what goes on behind them is read as another name."""


@dataclass(slots=True, repr=False)
class Run:
    """Words ``start`` up to ``end`` of a text, and which words and initials of a name they stand for.

    ``units`` has these words and initials in the order of the text. ``hit`` is what the words ``first``
    up to ``split`` stand for, of which there are two where a blank splits one. ``relative``: there is an
    initial that nobody of that name has; ``turned``: the surname comes first.
    """

    start: int
    end: int
    first: int
    split: int
    hit: Hit
    units: list[str]
    relative: bool = False
    turned: bool = False

    @property
    def parts(self) -> list[str]:
        """The words of a name."""
        return [unit for unit in self.units if len(unit) > 1]

    @property
    def initials(self) -> list[str]:
        """The initials, folded."""
        return [unit for unit in self.units if len(unit) == 1]

    @property
    def alone(self) -> bool:
        """Whether it is one word of a name and nothing else."""
        return len(self.units) == 1

    @property
    def in_order(self) -> list[str]:
        """Words and initials with the surname at the end."""
        return [*self.units[1:], self.units[0]] if self.turned else self.units


class Runs:
    """Reads runs from the words of one text."""

    def __init__(self, words: list[Word], people: BatchPeople, parts: Parts) -> None:
        self._words = words
        self._people = people
        self._parts = parts

    def read(self, at: int, free: int) -> Run | None:
        """The run whose first word of a name is that at ``at``; words before ``free`` are taken."""
        found = self._hit(at)
        if not found:
            return None
        hit, size = found
        run = Run(at, at + size, at, at + size, hit, list(hit.parts))
        self._go_back(run, free)
        while len(run.units) < MOST_UNITS and self._go_on(run):
            pass
        return run

    def _hit(self, at: int) -> tuple[Hit, int] | None:
        """What a word stands for, and how many words that takes."""
        hit = self._parts.look_up(self._words[at])
        if hit:
            return hit, 1
        if at + 1 < len(self._words) and self._words[at + 1].gap in BETWEEN:
            hit = self._parts.look_up_split(self._words[at], self._words[at + 1])
        return (hit, 2) if hit else None

    def _go_back(self, run: Run, free: int) -> None:
        """Takes in the particles and the initials before a name."""
        leads = self._people.leads.get(run.units[0], frozenset())
        if leads and run.start > free and self._words[run.start].gap in BETWEEN:
            run.start -= self._lead(leads, run.start, free)
        while run.start > free and len(run.units) < MOST_UNITS and self._begins(run):
            run.start -= 1
            run.units[:0] = self._words[run.start].folded

    def _lead(self, leads: frozenset[tuple[str, ...]], end: int, free: int) -> int:
        """How many particles stand before a word that belong to it, or that people write for these."""
        if self._words[end - 1].folded in ABBREVIATED:
            return 1
        several = any(len(lead) > 1 for lead in leads)
        for size in range(min(MOST_PARTICLES, end - free), 0, -1):
            before = self._words[end - size : end]
            lead = tuple(word.folded for word in before)
            tied = all(word.gap in BETWEEN for word in before[1:])
            if tied and (lead in leads or (several and size > 1 and JOINING.issuperset(lead))):
                return size
        return 0

    def _begins(self, run: Run) -> bool:
        """Whether the word before a run is an initial that goes with it; a relative's will do."""
        before, first = self._words[run.start - 1], self._words[run.start]
        if first.gap == " " and are_initials(before):
            return all(self._are_one(letter, run.parts) for letter in before.folded)
        if len(before.folded) != 1 or first.gap not in BEHIND_INITIAL:
            return False
        dotted = first.gap != " "
        known = self._are_one(before.folded, run.parts)
        if not before.initial:
            return known and dotted
        if run.start > 1 and before.gap == " " and self._words[run.start - 2].folded in LABELS:
            return False
        if not known and (not dotted or run.hit.parts[0] not in self._people.surnames):
            return False
        run.relative = run.relative or not known
        return True

    def _go_on(self, run: Run) -> bool:
        """Takes in the next word or initial of the same name, with the particles before it."""
        at = run.end
        while at < min(len(self._words), run.end + MOST_PARTICLES) and self._is_particle(at):
            at += 1
        if at == len(self._words) or run.relative:
            return False
        return self._joins(run, at) or (at == run.end and self._ends(run))

    def _is_particle(self, at: int) -> bool:
        return self._words[at].folded in PARTICLES and self._words[at].gap in BETWEEN

    def _joins(self, run: Run, at: int) -> bool:
        gap = self._words[at].gap
        behind_initial = self._words[at - 1].initial and gap in BEHIND_INITIAL
        if not (gap in BETWEEN or gap in BETWEEN_TURNED or behind_initial):
            return False
        found = self._hit(at)
        if not found or not set(found[0].parts).isdisjoint(run.units):
            return False
        parts, pairs = found[0].parts, self._people.pairs
        turned = all(f"{part} {run.hit.parts[0]}" in pairs for part in parts)
        if not (turned or gap not in BETWEEN_TURNED) or not all(
            self._are_one(own, parts) for own in run.parts
        ):
            return False
        run.turned = run.turned or (turned and f"{run.hit.parts[0]} {parts[0]}" not in pairs)
        run.units += parts
        run.end = at + found[1]
        return True

    def _ends(self, run: Run) -> bool:
        """Whether an initial of the same name follows: "Houria B.", "Belkadi, H."."""
        word, before = self._words[run.end], self._words[run.end - 1]
        if not word.initial or not self._are_one(word.folded, run.parts):
            return False
        turned = all(f"{word.folded} {part}" in self._people.pairs for part in run.parts)
        behind_initial = before.initial and word.gap in BEHIND_INITIAL
        if not (word.gap in BETWEEN or behind_initial or (turned and word.gap in BETWEEN_TURNED)):
            return False
        run.turned = run.turned or (turned and len(run.units[0]) > 1)
        run.units.append(word.folded)
        run.end += 1
        return True

    def _are_one(self, unit: str, parts: Sequence[str]) -> bool:
        """Whether a word or initial goes together in a name with each of these words."""
        pairs = self._people.pairs
        return all(f"{unit} {part}" in pairs or f"{part} {unit}" in pairs for part in parts)
