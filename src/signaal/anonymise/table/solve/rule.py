"""Which rows meet the thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.closeness import Closeness, tally
from signaal.anonymise.table.solve.keys import Groups, Index, group, summed
from signaal.anonymise.table.solve.pieces import Pieces, Spread
from signaal.anonymise.table.solve.problem import Codes

Flags = npt.NDArray[np.bool_]
PAIR = 2
"""Two different codes: the lowest is not the highest, which needs no counting."""


@dataclass(frozen=True, repr=False)
class Members:
    """What the rule needs to know of pieces; ``spreads`` is worked out only where it must be."""

    size: Index
    new: Flags
    low: Sequence[Codes]
    high: Sequence[Codes]
    spreads: Callable[[], Sequence[Spread]]

    @staticmethod
    def all_of(pieces: Pieces) -> "Members":
        """All pieces."""
        return Members(pieces.size, pieces.new, pieces.low, pieces.high, lambda: pieces.spreads)

    @staticmethod
    def some_of(pieces: Pieces, chosen: Index) -> "Members":
        """Some of them, by number."""
        return Members(
            pieces.size[chosen],
            pieces.new[chosen],
            [codes[chosen] for codes in pieces.low],
            [codes[chosen] for codes in pieces.high],
            lambda: [spread.of_pieces(chosen) for spread in pieces.spreads],
        )


@dataclass(frozen=True, repr=False)
class Rule:
    """The thresholds: ``k`` rows, ``diversity`` codes of each sensitive column, and how close to the whole.

    Newcomers must have k rows and that many codes among themselves, since the difference between two
    releases shows exactly them; where they do, the rows beside them that were published before need
    nothing more. Where they do not they must go, and those others have to meet the thresholds alone.
    """

    k: int
    diversity: int
    closeness: tuple[Closeness, ...]

    @property
    def rough(self) -> "Rule":
        """The part that is quick to check: whoever fails it fails the whole."""
        return Rule(self.k, min(self.diversity, PAIR), ())

    def passing(self, members: Members, groups: Groups) -> Flags:
        """Which members pass, where those of one group are published with the same cells."""
        return self.close(members, groups, self.alike(members, groups))

    def alike(self, members: Members, groups: Groups) -> Flags:
        """Which members have enough rows and codes in their group, without regard to closeness."""
        new = self._enough(members, groups, members.new)
        old = new | self._enough(members, groups, ~members.new)
        return np.where(members.new, new[groups.of], old[groups.of])

    def close(self, members: Members, groups: Groups, passed: Flags) -> Flags:
        """Those of the passed ones whose group, made up of passed ones, is close to the whole source."""
        if not self.closeness:
            return passed
        near = np.ones(groups.number, dtype=np.bool_)
        for closeness, spread in zip(self.closeness, members.spreads(), strict=True):
            chosen = passed[spread.piece]
            of = groups.of[spread.piece[chosen]]
            near &= closeness.near(tally(of, spread.code[chosen], spread.count[chosen]), groups.number)
        return passed & near[groups.of]

    def _enough(self, members: Members, groups: Groups, who: Flags) -> Flags:
        """The groups with enough rows and codes among these members alone."""
        if not who.any():
            return np.zeros(groups.number, dtype=np.bool_)
        enough = summed(groups, members.size * who) >= self.k
        if self.diversity >= PAIR and members.low:
            enough &= _two_codes(members, groups, who)
        if self.diversity > PAIR and members.low and enough.any():
            for spread in members.spreads():
                enough &= self._many_codes(spread, groups, who, enough)
        return enough

    def _many_codes(self, spread: Spread, groups: Groups, who: Flags, among: Flags) -> Flags:
        at = groups.of[spread.piece]
        chosen = who[spread.piece] & among[at]
        pairs = group((at[chosen], spread.code[chosen]), int(chosen.sum()))
        of_pair = np.empty(pairs.number, dtype=np.int64)
        of_pair[pairs.of] = at[chosen]
        return np.bincount(of_pair, minlength=groups.number) >= self.diversity


def _two_codes(members: Members, groups: Groups, who: Flags) -> Flags:
    """The groups with two codes of each sensitive column."""
    different = np.ones(groups.number, dtype=np.bool_)
    of = groups.of[who]
    for low, high in zip(members.low, members.high, strict=True):
        lowest = np.full(groups.number, np.iinfo(np.int32).max, dtype=np.int32)
        highest = np.full(groups.number, -1, dtype=np.int32)
        np.minimum.at(lowest, of, low[who])
        np.maximum.at(highest, of, high[who])
        different &= lowest < highest
    return different
