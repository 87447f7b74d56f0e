"""Each recogniser by pattern on texts that it must and must not hit."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.recognizers import recognizers
from signaal.anonymise.text.recognizers.bsn import WEIGHTS, eleven_test
from signaal.anonymise.text.recognizers.iban import mod_97

CASES = yaml.safe_load((Path(__file__).parent / "recognizer_cases.yaml").read_text(encoding="utf-8"))
THRESHOLD = 0.4


def found(entity: str, text: str) -> list[str]:
    return [
        text[result.start : result.end]
        for recognizer in recognizers()
        if entity in recognizer.supported_entities
        for result in recognizer.analyze(text, [entity], None)
        if result.score >= THRESHOLD
    ]


@pytest.mark.parametrize(
    ("entity", "case"), [(entity, case) for entity in CASES for case in CASES[entity]["hit"]]
)
def test_hits(entity: str, case: str) -> None:
    wanted = re.search("«(.*)»", case)[1]
    assert wanted in found(entity, case.replace("«", "").replace("»", ""))


@pytest.mark.parametrize(
    ("entity", "case"), [(entity, case) for entity in CASES for case in CASES[entity]["miss"]]
)
def test_misses(entity: str, case: str) -> None:
    assert found(entity, case) == []


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


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "1" * 100_000, "1 " * 50_000, "A.b-" * 25_000, "Straat " * 15_000]
)
def test_a_text_made_to_be_slow_ends_or_raises(text: str) -> None:
    for recognizer in recognizers():
        recognizer.analyze(text, recognizer.supported_entities, None)
