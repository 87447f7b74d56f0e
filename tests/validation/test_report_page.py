"""What the page says of a run: in its order, complete, and no more than was measured."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signaal.schemas.column import Role
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check, Outcome
from signaal.validation.report import render, write
from signaal.validation.report.words import load_words

NIGHT = datetime(2026, 11, 23, 1, 0, 4, tzinfo=UTC)
WORDS = load_words()
RICH = RunReport.model_validate_json(
    (Path(__file__).parent / "test_report_rich.json").read_text(encoding="utf-8")
)

TABLE = next(file for file in RICH.files if file.repeats)


def run(*files: FileReport) -> RunReport:
    return RunReport(run_id="nacht-1", started=NIGHT, ended=NIGHT, engine_version="0.1.0", files=files)


def loaded(label: str = "0a1b2c3d4e.csv", **more: object) -> FileReport:
    return FileReport(label=label, state=State.LOADED, source="enquete", **more)  # type: ignore[arg-type]


def held(*outcomes: Outcome, label: str = "0a1b2c3d4e.csv", **more: object) -> FileReport:
    return FileReport(label=label, state=State.HELD, source="enquete", held_for=outcomes, **more)  # type: ignore[arg-type]


def text_of(page: str) -> str:
    """What a reader sees, with single spaces."""
    body = re.sub(r"(?s)<style>.*?</style>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def section(page: str, ident: str) -> str:
    found = re.search(rf'(?s)<section aria-labelledby="{ident}">(.*?)</section>', page)
    assert found, ident
    return text_of(found[1])


def test_the_sections_come_in_their_order() -> None:
    headings = [text_of(heading) for heading in re.findall(r"(?s)<h2[^>]*>(.*?)</h2>", render(RICH))]
    assert headings == [
        "In het kort",
        "Wat kwam er binnen",
        "Wat is er gevonden",
        "Wat is weggelaten",
        "Wat wacht en waarom",
        "Herleidbaarheid",
        "Alle bestanden",
        "Over dit verslag",
    ]


def test_the_head_tells_when_and_which_run() -> None:
    page = text_of(render(RICH))
    assert "maandag 23 november 2026, 02.00 uur – duurde 2 minuten en 14 seconden" in page
    assert "Nummer van deze verwerking: 20261123-020004-5f1c" in page


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (run(), "Er stonden geen bestanden klaar; je hoeft niets te doen."),
        (run(loaded()), "Alles is verwerkt; je hoeft niets te doen."),
        (run(loaded(), held(label="b.csv")), "1 bestand wacht op jou: 1 vastgehouden."),
        (RICH, "10 bestanden wachten op jou: 4 vastgehouden, 5 niet gelezen en 1 mislukt."),
    ],
    ids=["nothing", "done", "one", "many"],
)
def test_one_sentence_says_what_to_do_now(report: RunReport, said: str) -> None:
    assert f'<p class="now">{said}</p>' in render(report)


def test_the_cards_add_up() -> None:
    cards = dict(
        re.findall(r'<dt>([^<]+)</dt>\s*<dd class="number">([^<]+)</dd>', render(RICH)),
    )
    assert cards == {
        "Bestanden": "60",
        "Records": "5.441",
        "Vrije teksten": "6.152",
        "Persoonsgegevens gevonden": "9.179",
        "Geladen": "42",
        "Al bekend": "8",
        "Vastgehouden": "4",
        "Niet gelezen": "5",
        "Mislukt": "1",
    }


def test_every_file_that_needs_attention_is_named_with_its_reasons() -> None:
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", render(RICH).split('id="wachten"')[1].split("</section>")[0])
    said = [text_of(row) for row in rows]
    for file in RICH.in_state(State.HELD, State.NOT_TAKEN, State.FAILED):
        mine = [row for row in said if row.startswith(file.label)]
        assert len(mine) == (len(file.held_for) or 1)
        assert file.message in " ".join(mine)
        for outcome in file.held_for:
            assert outcome.column is None or any(outcome.column in row for row in mine)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            Outcome(check=Check.K_ANONYMITY, passed=False, failures=14, measured=3, limit=5),
            "De kleinste groep met dezelfde kenmerken telt 3 records; de grens is 5.",
        ),
        (
            Outcome(check=Check.K_ANONYMITY, passed=False, measured=1, limit=5),
            "De kleinste groep met dezelfde kenmerken telt 1 record; de grens is 5.",
        ),
        (
            Outcome(check=Check.SUPPRESSION, passed=False, measured=0.0512, limit=0.05),
            "moest 5,1 % van de kenmerken leeg; de grens is 5 %.",
        ),
        (
            Outcome(check=Check.MASKED_SHARE, passed=False, measured=0.713, limit=0.5),
            "is 71,3 % vervangen; de grens is 50 %.",
        ),
        (
            Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1234),
            "vond op 1.234 plaatsen mogelijk nog een persoonsgegeven.",
        ),
        (Outcome(check=Check.K_ANONYMITY, passed=False), WORDS.checks[Check.K_ANONYMITY].plain),
        (Outcome(check=Check.RECORDS_UNIQUE, passed=False), WORDS.checks[Check.RECORDS_UNIQUE].plain),
    ],
)
def test_a_reason_is_a_sentence_with_measure_and_limit(outcome: Outcome, said: str) -> None:
    assert said in section(render(run(held(outcome))), "wachten")


@pytest.mark.parametrize("check", Check)
def test_every_check_says_what_to_do(check: Check) -> None:
    said = section(render(run(held(Outcome(check=check, passed=False, failures=2)))), "wachten")
    assert WORDS.checks[check].title in said
    assert text_of(re.sub("`", " ", WORDS.checks[check].action))[:30] in said


@pytest.mark.parametrize("code", [*Code, None])
@pytest.mark.parametrize("state", [State.NOT_TAKEN, State.FAILED])
def test_every_problem_says_what_it_is_and_shows_the_message(code: Code | None, state: State) -> None:
    file = FileReport(label="0a1b2c3d4e.csv", state=state, problem=code, message="What, where, what to do.")
    said = section(render(run(file)), "wachten")
    words = WORDS.codes[code] if code else WORDS.no_code
    assert words.title in said
    assert words.meaning in said
    assert "What, where, what to do." in said
    assert ("signaal propose 0a1b2c3d4e.csv" in said) is words.propose


def test_a_held_file_without_a_reason_is_not_passed_over() -> None:
    passed = Outcome(check=Check.K_ANONYMITY, passed=True, measured=9, limit=5)
    said = section(render(run(held(label="een.csv"), held(passed, label="twee.csv"))), "wachten")
    assert WORDS.no_check.title in said
    assert "een.csv" in said
    assert "twee.csv" in said


def test_columns_that_nobody_declared_are_named_with_their_file() -> None:
    files = [loaded(f"{index}.csv", dropped=("Opmerking", "IP")) for index in range(30)]
    said = section(render(run(*files, loaded("anders.csv", dropped=("Naam kind",)))), "weggelaten")
    assert all(f"{index}.csv" in said for index in range(30))
    assert said.count("Opmerking") == 1
    assert re.search(r"anders\.csv enquete Naam kind", said)
    assert re.search(r"Niet afgesproken Weggelaten omdat niemand heeft gezegd wat ermee moet\. 61", said)


NAMES_FOUND = Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1)
NOT_RUN = Outcome(check=Check.COULD_RUN, passed=False, failures=1)


@pytest.mark.parametrize(
    "file",
    [
        held(NAMES_FOUND, dropped=("Bel Jansen", "IP")),
        held(NOT_RUN, dropped=("Bel Jansen", "IP")),
        held(dropped=("Bel Jansen", "IP")),
        FileReport(label="a.csv", state=State.FAILED, source="enquete", dropped=("Bel Jansen", "IP")),
    ],
    ids=["found", "not run", "no reason", "failed"],
)
def test_names_of_columns_that_no_check_found_harmless_are_withheld(file: FileReport, tmp_path: Path) -> None:
    said = section(render(run(file)), "weggelaten")
    assert said.count("naam niet getoond: mogelijk een persoonsgegeven") == 2
    write(run(file), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if b"Jansen" in path.read_bytes()] == []


def test_a_column_with_personal_data_does_not_hide_the_names_of_others() -> None:
    file = held(NAMES_FOUND.model_copy(update={"column": "toelichting"}), dropped=("Opmerking",))
    assert "Opmerking" in section(render(run(file)), "weggelaten")


def test_columns_are_counted_by_role_and_emptied_cells_are_told() -> None:
    said = section(render(run(loaded(roles={Role.KEEP: 1300, Role.DROP: 2}, unparsed=7))), "weggelaten")
    assert "Bewaard Ongewijzigd bewaard. 1.300" in said
    assert "0a1b2c3d4e.csv enquete 7" in said


def test_findings_are_sorted_with_their_share() -> None:
    report = run(loaded(findings={Entity.AGE: 1, Entity.PERSON: 2999, Entity.URL: 0}))
    said = section(render(report), "gevonden").replace("\N{NO-BREAK SPACE}", " ")
    assert "Namen van personen PERSON 2.999 > 99,9 % Leeftijden AGE 1 < 0,1 % Totaal 3.000" in said
    assert "Webadressen" not in said


def measured(label: str, k: int, *outcomes: Outcome, **more: object) -> FileReport:
    """The table of the fullest report, with another smallest class."""
    assert TABLE.risk is not None
    risk = TABLE.risk.model_copy(update={"after": TABLE.risk.after.model_copy(update={"k": k})})
    state = State.HELD if outcomes else State.LOADED
    changes = {"label": label, "risk": risk, "state": state, "held_for": outcomes}
    changes |= {"repeats": (), "dropped": ()}
    return TABLE.model_copy(update=changes | more)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_calls_data_pseudonymised_whatever_was_measured() -> None:
    safe = measured("a.csv", 9000)
    for report in (RICH, run(), run(loaded()), run(safe)):
        page = render(report)
        said = section(page, "herleidbaarheid")
        assert "zijn gepseudonimiseerd" in said
        assert "wordt verteld? Nog niet gemeten." in said
        assert "anoniem" not in page.lower()
        assert "geanonimiseerd" not in page.lower()


def test_the_three_risks_are_answered_with_the_worst_figure_or_not_at_all() -> None:
    said = spaced(section(render(RICH), "herleidbaarheid"))
    assert "(herleiden) Ja, in 5 tabellen. Hoogste uitkomst na bewerking: 0 %." in said
    assert "(koppelbaarheid) Ja, in 5 tabellen. Hoogste uitkomst na bewerking: 14,4 %." in said
    assert "(deductie) Ja, in 5 tabellen. Hoogste uitkomst na bewerking: 23,1 %." in said
    nothing = section(render(run(loaded())), "herleidbaarheid")
    assert nothing.count("Nee, in deze verwerking niet.") == 3


def test_k_is_shown_before_and_after_with_what_missed_a_limit_on_top() -> None:
    missed = Outcome(check=Check.L_DIVERSITY, passed=False, measured=1, limit=2)
    report = run(measured("hoog.csv", 1200), measured("laag.csv", 6), measured("mis.csv", 9, missed))
    said = spaced(section(render(report), "herleidbaarheid"))
    rows = said.split("Grenzen ")[1].split(" Het risico per bron")[0]
    assert rows == (
        "mis.csv enquete_bewoners 1 9 2,1 % niet gehaald (k minstens 5) "
        "laag.csv enquete_bewoners 1 6 2,1 % gehaald (k minstens 5) "
        "hoog.csv enquete_bewoners 1 1.200 2,1 % gehaald (k minstens 5)"
    )


def test_a_table_is_explained_figure_by_figure() -> None:
    said = spaced(section(render(run(measured("a.csv", 7))), "herleidbaarheid"))
    for part in (
        "Gemeten over alle 1.652 records van de bron, waarvan 412 records uit eerdere bestanden.",
        "Kleinste groep (k) 1 7 Zoveel records",
        "Enig in de gegevens 84,1 % 0 % Zo groot",
        "Ook enig onder alle mensen 3,1 % 0 % Zo groot is het deel dat ook onder alle 54.000 mensen",
        "Geschat met het model van Pitman",
        "Eruit te halen 84,1 % 0 % Bij dit deel",
        "Te koppelen 90,2 % 5,8 % Zo groot",
        "gezondheid 1 3 0,801 0,242 90,1 % 7,1 %",
        "geboortedatum geboortedatum tien jaar 53,1 % 48",
        "geslacht categorie zoals ingevuld 1,1 % 0",
        "Van alle informatie in de kenmerken ging 38,9 % verloren. Van de cellen is 2,1 % leeggemaakt",
        "Er waren 144 combinaties van niveaus, waarvan er 41 zijn doorgerekend",
        "Van de records die dit bestand toevoegt telt de kleinste groep er 7.",
        "die blijven zoals ze eerder zijn gepubliceerd (14 records)",
    ):
        assert part in said


def test_what_stands_in_the_way_and_a_search_that_was_not_whole_are_told() -> None:
    said = section(render(RICH), "herleidbaarheid")
    assert "De grenzen zijn niet te halen. De kolom leeftijd staat het meest in de weg." in said
    assert "te veel om ze allemaal af te wegen" in said
    assert "team eigen_indeling afdeling_groot" in said


def test_a_figure_that_misses_its_limit_is_marked() -> None:
    page = render(run(measured("a.csv", 4)))
    assert '<td class="number strong missed">4</td>' in page
    assert '<td class="number strong missed">5</td>' not in render(run(measured("a.csv", 5)))


def test_of_each_source_the_table_as_it_was_loaded_last_is_explained() -> None:
    missed = Outcome(check=Check.K_ANONYMITY, passed=False, measured=3, limit=5)
    other = measured("ander.csv", 5, source="ander")
    report = run(measured("een.csv", 5), measured("twee.csv", 6), measured("mis.csv", 3, missed), other)
    blocks = re.findall(r'(?s)<h4 id="risico-\d+">(.*?)</h4>', render(report))
    assert [text_of(each).split()[1] for each in blocks] == ["mis.csv", "ander.csv", "twee.csv"]


def test_a_repeat_group_is_counted_and_measured_under_its_own_name() -> None:
    page = render(run(TABLE))
    assert TABLE.repeats[0].records == 2210
    assert '<dd class="number">3.450</dd>' in page
    assert "188cc102dd.xlsx enquete_bewoners_leden 1 6" in section(page, "herleidbaarheid")


def test_cells_that_do_not_fit_are_told_by_column_and_row() -> None:
    said = section(render(RICH), "weggelaten")
    assert "38d74ff1fe.csv enquete_bewoners geboortedatum 3 14, 207, 655" in said
    assert "38d74ff1fe.csv enquete_bewoners inkomen 112 3, 4, 5, 6" in said
    assert "31, 32, en meer" in said


def test_a_dropped_column_of_a_repeat_group_is_withheld_unless_it_was_looked_at() -> None:
    group = FileReport(label="a.csv", state=State.HELD, source="leden", dropped=("Bel Jansen",))
    fine = held(Outcome(check=Check.K_ANONYMITY, passed=False, measured=3, limit=5), repeats=(group,))
    assert "Bel Jansen" in section(render(run(fine)), "weggelaten")
    found = group.model_copy(update={"held_for": (NAMES_FOUND,)})
    elsewhere = NAMES_FOUND.model_copy(update={"column": "leden"})
    for hidden in (
        held(elsewhere, repeats=(found,)),
        held(NOT_RUN, repeats=(group,)),
        held(repeats=(group,)),
    ):
        assert "Jansen" not in render(run(hidden))


def test_ten_thousand_files_keep_those_that_wait_in_full_and_cap_the_rest() -> None:
    waits = [FileReport(label=f"w{n}.csv", state=State.NOT_TAKEN, problem=Code.EMPTY) for n in range(400)]
    rest = [measured(f"g{n}.csv", n, source=f"bron{n % 50}", unparsed=0) for n in range(9600)]
    page = render(run(*rest, *waits))
    assert all(page.count(f">w{n}.csv<") == 2 for n in range(400))
    said = section(page, "bestanden")
    assert len(re.findall(r"\bg\d+\.csv", said)) == 200
    assert "Niet getoond: 9.400 bestanden (geladen of al bekend)." in said
    risks = section(page, "herleidbaarheid")
    assert "Niet getoond: 9.400 tabellen met een even grote of hogere k" in risks
    assert "Niet uitgewerkt: 38 tabellen" in risks
    assert len(page) < 1_000_000


def test_many_sources_share_the_last_bar_but_not_the_table() -> None:
    files = [FileReport(label=f"{n}", state=State.LOADED, source=f"bron_{n:02d}") for n in range(30)]
    page = render(run(*files))
    chart = page.split('id="bronnen-titel"')[1].split("</svg>")[0]
    assert chart.count("<g>") == 20
    assert "overige bronnen" in chart
    assert all(f'<th scope="row">bron_{n:02d}</th>' in page for n in range(30))


def test_a_single_held_file_among_thousands_can_be_seen_in_the_picture() -> None:
    files = [loaded(f"{n}.csv") for n in range(5000)]
    page = render(run(*files, held(label="x.csv")))
    width = re.search(r'class="bar tone-held" x="[\d.]+%" y="\d+" width="([\d.]+)%"', page)
    assert width
    assert float(width[1]) > 0.5


def test_an_empty_run_says_so_in_every_section() -> None:
    page = render(run())
    assert page.count('class="empty"') == 6
    assert "<svg" not in page
