"""The page is sound HTML that takes nothing from outside and trusts no string that it shows."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signaal.schemas.batch import Misfit
from signaal.schemas.column import Role
from signaal.schemas.declaration import Thresholds
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.risk import ColumnLevel, DisclosureRisk, Solution, TableRisk
from signaal.schemas.verdict import Check, Outcome
from signaal.validation.report import render
from signaal.validation.risk.uniqueness import Model

NIGHT = datetime(2026, 11, 23, 1, 0, 4, tzinfo=UTC)
RICH = RunReport.model_validate_json(
    (Path(__file__).parent / "test_report_rich.json").read_text(encoding="utf-8")
)
EMPTY = RunReport(run_id="leeg", started=NIGHT, ended=NIGHT, engine_version="0.1.0", files=())
VOID = {"meta", "br", "hr", "link", "img", "input"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></svg><iframe src=//example.org>",
    "{{ 7 * 7 }}{% raw %}{titel}{0}",
    "`whoami` $(rm -rf /)",
    "]]><!--",
    "javascript:alert(1)",
    "a\x00b\x1b[31m\u202egnp.exe\u2066",
]


class Outline(HTMLParser):
    """Elements with their attributes, headings and text; fails on a tag that does not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)


def check_sound(page: str) -> Outline:
    outline = Outline(page)
    idents = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(set(idents)) == len(idents)
    for tag, attributes in outline.elements:
        assert tag not in {"script", "iframe", "object", "embed", "link", "img", "base", "form", "a:href"}
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "style"}]
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
        for name in ("aria-labelledby", "href"):
            assert {part.lstrip("#") for part in (attributes.get(name) or "").split()} <= set(idents)
    return outline


@pytest.fixture(params=["rich", "empty"])
def page(request: pytest.FixtureRequest) -> str:
    return render(RICH if request.param == "rich" else EMPTY)


def test_the_page_refers_to_nothing_outside_itself(page: str) -> None:
    check_sound(page)
    without_headers = page.replace("http-equiv", "")
    for reference in ("http", "//", "src=", "url(", "@import", "<script", "javascript:"):
        assert reference not in without_headers.lower(), reference


def test_a_strict_policy_comes_before_anything_that_it_governs(page: str) -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_the_page_starts_as_a_dutch_html_page(page: str) -> None:
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')


def test_headings_start_at_one_and_skip_no_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in check_sound(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_its_landmarks_once(page: str) -> None:
    outline = check_sound(page)
    for landmark in ("header", "nav", "main", "footer"):
        assert len(list(outline.named(landmark))) == 1, landmark


def test_tables_have_a_caption_and_say_what_their_headings_head(page: str) -> None:
    outline = check_sound(page)
    tables = len(list(outline.named("table")))
    assert tables == len(list(outline.named("caption"))) > 0
    assert {attributes.get("scope") for attributes in outline.named("th")} <= {"col", "row"}
    scrolling = [a for a in outline.named("div") if a.get("class") == "scroll"]
    assert len(scrolling) == tables
    assert all(a.get("role") == "region" and a.get("tabindex") == "0" for a in scrolling)


def test_pictures_have_a_title_and_a_description() -> None:
    pictures = list(check_sound(render(RICH)).named("svg"))
    assert len(pictures) == 4
    for picture in pictures:
        assert picture["role"] == "img"
        title, description = (picture["aria-labelledby"] or "").split()
        assert title.endswith("-titel")
        assert description.endswith("-tekst")


def hostile_run(text: str) -> RunReport:
    missed = Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1, column=text)
    held = FileReport(label=text, state=State.HELD, source=text, dropped=(text,), held_for=(missed,))
    proposed = FileReport(label=text, state=State.NOT_TAKEN, problem=Code.NO_DECLARATION, message=text)
    failed = FileReport(label=text, state=State.FAILED, source=text, message=text, unparsed=1)
    files = (held, proposed, failed, measured_table(text))
    return RunReport(run_id=text, started=NIGHT, ended=NIGHT, engine_version=text, files=files)


def measured_table(text: str) -> FileReport:
    """A held table and its repeat group, in which every string is the same."""
    state = TableRisk(
        records=9,
        classes=2,
        k=1,
        diversity={text: 1},
        closeness={text: 0.5},
        sample_unique=0.1,
        population_unique=0.1,
        singling_out=0.1,
        linkability=0.2,
        inference={text: 0.3},
    )
    column = ColumnLevel(variable=text, hierarchy=text, level=1, name=text)
    solution = Solution(
        columns=(column,),
        optimal=False,
        checked=1,
        possible=2,
        lost=0.5,
        discernibility=3,
        suppressed=0.1,
        obstacle=text,
    )
    return FileReport(
        label=text,
        state=State.HELD,
        source=text,
        risk=DisclosureRisk(before=state, after=state, newcomers=1, population=9, model=text),
        solution=solution,
        misfits=(Misfit(variable=text, cells=3, rows=(4,)),),
        repeats=(FileReport(label=text, state=State.HELD, source=text, dropped=(text,)),),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_messages_are_shown_and_never_obeyed(text: str) -> None:
    hostile, harmless = check_sound(render(hostile_run(text))), check_sound(render(hostile_run("gewoon")))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in harmless.elements]
    shown = re.sub(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", text)
    assert "".join(hostile.text).count(shown) >= 10


def test_characters_that_hide_or_turn_text_are_not_passed_on() -> None:
    page = render(hostile_run("a\x00b\x1b\u202ec\u200bd\u2028e"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u200b\u2028\u202a-\u202e]", page)


def test_the_command_to_copy_is_quoted_for_the_shell() -> None:
    shown = "".join(check_sound(render(hostile_run("a; rm b"))).text)
    assert "signaal propose 'a; rm b'" in shown


counts = st.integers(min_value=0, max_value=10**9)
measures = st.none() | st.floats()
outcomes = st.builds(
    Outcome, check=st.sampled_from(Check), measured=measures, limit=measures, failures=counts
)
named = st.text(max_size=10)
shares = st.floats()
tables = st.builds(
    TableRisk,
    records=counts,
    classes=counts,
    k=counts,
    diversity=st.dictionaries(named, counts, max_size=2),
    closeness=st.dictionaries(named, shares, max_size=2),
    sample_unique=shares,
    population_unique=shares,
    singling_out=shares,
    linkability=shares,
    inference=st.dictionaries(named, shares, max_size=2),
)
levels = st.builds(
    ColumnLevel, variable=named, hierarchy=named, level=counts, name=named, lost=shares, emptied=counts
)
solutions = st.builds(
    Solution,
    columns=st.lists(levels, max_size=2).map(tuple),
    optimal=st.booleans(),
    checked=counts,
    possible=counts,
    lost=shares,
    discernibility=shares,
    suppressed=shares,
    obstacle=st.none() | named,
)
misfits = st.builds(Misfit, variable=named, cells=counts, rows=st.lists(counts, max_size=3).map(tuple))
reports = st.builds(
    FileReport,
    state=st.sampled_from(State),
    label=st.text(max_size=20),
    size=counts,
    source=st.none() | st.text(max_size=20),
    records=counts,
    signals=counts,
    findings=st.dictionaries(st.sampled_from(Entity), counts, max_size=5),
    roles=st.dictionaries(st.sampled_from(Role), counts, max_size=5),
    dropped=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    masked_share=measures,
    risk=st.none()
    | st.builds(
        DisclosureRisk,
        before=tables,
        after=tables,
        newcomers=st.none() | counts,
        population=counts,
        model=st.text(max_size=10) | st.sampled_from(Model),
    ),
    solution=st.none() | solutions,
    thresholds=st.none() | st.builds(Thresholds),
    misfits=st.lists(misfits, max_size=2).map(tuple),
    unparsed=counts,
    deferred=counts,
    others=counts,
    repeats=st.just(()),
    held_for=st.lists(outcomes, max_size=3).map(tuple),
    problem=st.none() | st.sampled_from(Code),
    message=st.text(max_size=40),
)


def with_repeats(file: FileReport, repeats: list[FileReport]) -> FileReport:
    return file.model_copy(update={"repeats": tuple(repeats)})


moments = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.sampled_from([None, UTC, ZoneInfo("Asia/Tokyo")]),
)
runs = st.builds(
    RunReport,
    run_id=st.text(max_size=20),
    started=moments,
    ended=moments,
    engine_version=st.text(max_size=10),
    files=st.lists(st.builds(with_repeats, reports, st.lists(reports, max_size=1)), max_size=5).map(tuple),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs)
def test_any_run_gives_a_sound_page(report: RunReport) -> None:
    outline = check_sound(render(report))
    widths = [a["width"] for a in outline.named("rect")]
    assert all(0 < float((width or "").rstrip("%")) <= 100.01 for width in widths)


def colours(css: str) -> Iterator[dict[str, str]]:
    """The colours of each scheme: light, dark and print."""
    for block in re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL):
        yield dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_letters_stand_out_as_wcag_aa_asks_in_light_dark_and_print() -> None:
    schemes = list(colours((files("signaal.validation.report") / "report.css").read_text(encoding="utf-8")))
    assert len(schemes) == 3
    for scheme in schemes:
        pairs = [(ink, paper) for ink in ("ink", "quiet", "link") for paper in ("paper", "wash")]
        pairs += [("on-tone", tone) for tone in ("loaded", "known", "held", "not-taken", "failed")]
        pairs += [("on-brand", "brand"), ("failed", "paper"), ("ink", "calm-wash"), ("ink", "action-wash")]
        pairs += [("link", "calm-wash"), ("link", "action-wash")]
        assert [pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5] == []
        assert contrast(scheme["bar"], scheme["track"]) >= 3
