"""Each recogniser by pattern on texts that it must and must not hit."""

import re
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from signaal.anonymise.text.recognizers import recognizers
from signaal.anonymise.text.recognizers.bsn import WEIGHTS, eleven_test
from signaal.anonymise.text.recognizers.iban import mod_97
from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

FOLDER = Path(__file__).parent / "recognizer_cases"
CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
THRESHOLD = 0.4
FEWEST = 20
SIDE_CODES = (
    "XX-99-99",
    "99-99-XX",
    "99-XX-99",
    "XX-99-XX",
    "XX-XX-99",
    "99-XX-XX",
    "99-XXX-9",
    "9-XXX-99",
    "XX-999-X",
    "X-999-XX",
    "XXX-99-X",
    "X-99-XXX",
    "9-XX-999",
    "999-XX-9",
)


@cache
def by_pattern() -> list[DutchPatternRecognizer]:
    return [recognizer for recognizer in recognizers() if isinstance(recognizer, DutchPatternRecognizer)]


def found(entity: str, text: str) -> set[tuple[int, int]]:
    return {
        (result.start, result.end)
        for recognizer in by_pattern()
        if entity == recognizer.ENTITY
        for result in recognizer.analyze(text, [entity])
        if result.score >= THRESHOLD
    }


def marked(case: str) -> tuple[str, set[tuple[int, int]]]:
    """The text of a case without its marks, and where the parts between « and » begin and end."""
    parts = re.split("[«»]", case)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), set(zip(ends[0::2], ends[1::2], strict=False))


def beyond(span: tuple[int, int], part: tuple[int, int]) -> bool:
    """Whether a span covers something of a part and something beside it."""
    touches = span[0] < part[1] and part[0] < span[1]
    return touches and (span[0] < part[0] or part[1] < span[1])


@pytest.mark.parametrize("entity", CASES)
@pytest.mark.parametrize("kind", ["hit", "miss"])
def test_each_recogniser_has_enough_cases(entity: str, kind: str) -> None:
    cases = CASES[entity][kind]
    assert len(set(cases)) == len(cases) >= FEWEST


@pytest.mark.parametrize(
    ("entity", "case"), [(entity, case) for entity in CASES for case in CASES[entity]["hit"]]
)
def test_hits(entity: str, case: str) -> None:
    text, wanted = marked(case)
    spans = found(entity, text)
    assert wanted
    assert wanted <= spans
    assert not [span for span in spans for part in wanted if beyond(span, part)]


@pytest.mark.parametrize(
    ("entity", "case"), [(entity, case) for entity in CASES for case in CASES[entity]["miss"]]
)
def test_misses(entity: str, case: str) -> None:
    assert found(entity, case) == set()


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_the_eleven_test_takes_one_last_digit_at_most(first: list[int]) -> None:
    passing = [last for last in range(10) if eleven_test("".join(map(str, [*first, last])))]
    weighted = sum(w * d for w, d in zip(WEIGHTS, first, strict=False)) % 11
    assert passing == ([weighted] if weighted < 10 and any([*first, weighted]) else [])


@given(st.text(st.sampled_from("0123456789"), min_size=10, max_size=10), st.integers(0, 9))
def test_one_wrong_digit_breaks_an_iban(account: str, place: int) -> None:
    rest = f"ABNA{account}"
    check = 98 - int("".join(str(int(letter, 36)) for letter in rest + "NL00")) % 97
    assert mod_97(f"NL{check:02}{rest}")
    wrong = account[:place] + str((int(account[place]) + 1) % 10) + account[place + 1 :]
    assert not mod_97(f"NL{check:02}ABNA{wrong}")


@st.composite
def bsns(draw: st.DrawFn) -> str:
    first = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8))
    last = sum(weight * digit for weight, digit in zip(WEIGHTS, first, strict=False)) % 11
    assume(last < 10 and any(first))
    return "".join(map(str, [*first, last]))


MARKS = st.sampled_from([" ", ".", "-", "\u2011", "\u00a0", "\u202f", ""])


def broken(number: str, sizes: tuple[int, ...], mark: str) -> str:
    ends = [0, *accumulate(sizes)]
    return mark.join(number[start:end] for start, end in pairwise(ends))


@given(bsns(), st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (1,) * 9]), MARKS)
def test_a_bsn_is_found_in_any_groups_with_any_mark(number: str, sizes: tuple[int, ...], mark: str) -> None:
    text = broken(number, sizes, mark)
    assert (7, 7 + len(text)) in found("NL_BSN", f"nummer {text}, zei ze")


@given(st.text("0123456789", min_size=10, max_size=10), st.booleans(), MARKS)
def test_an_iban_is_found_in_groups_with_any_mark(account: str, small: bool, mark: str) -> None:
    check = 98 - int("".join(str(int(letter, 36)) for letter in f"ABNA{account}NL00")) % 97
    text = broken(f"NL{check:02}ABNA{account}", (4, 4, 4, 4, 2), mark)
    text = text.lower() if small else text
    assert (3, 3 + len(text)) in found("IBAN_CODE", f"op {text} gestort")


@given(st.text("0123456789", min_size=8, max_size=8), st.lists(MARKS, min_size=9, max_size=9))
def test_a_mobile_number_is_found_whatever_stands_between_its_digits(rest: str, marks: list[str]) -> None:
    text = "".join(digit + mark for digit, mark in zip(f"06{rest}", [*marks, ""], strict=True))
    assume(not re.search(r"(?:19|20)\d\d", text) and not re.search(r"\d\d[.]\d\d[-]", text))
    assert (4, 4 + len(text)) in found("PHONE_NUMBER", f"tel {text} bellen")


@given(st.sampled_from(SIDE_CODES), st.data(), st.sampled_from(["-", "\u2011", " - ", "."]))
def test_every_side_code_is_found_with_hyphens(code: str, data: st.DataObject, hyphen: str) -> None:
    letters = st.sampled_from("BDFGHJKLNPRSTVXZbdfghjklnprstvxz")
    plate = "".join(
        data.draw(letters)
        if sign == "X"
        else data.draw(st.sampled_from("123456789"))
        if sign == "9"
        else hyphen
        for sign in code
    )
    assert (4, 4 + len(plate)) in found("NL_LICENSE_PLATE", f"bus {plate} stond daar")


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 100_000, "1" * 100_000, "1 " * 50_000, "A.b-" * 25_000, "Straat " * 15_000),
        *("(" * 10_000 + ")" * 10_000, "(1)" * 5_000, "nul " * 5_000, "dossier 1-" * 2_000, " " * 100_000),
    ],
)
def test_a_text_made_to_be_slow_ends_or_raises(text: str) -> None:
    for recognizer in by_pattern():
        recognizer.analyze(text, [recognizer.ENTITY])
