"""The role of one column, from its heading and its cells. In doubt the stricter role."""

from signaal.anonymise.propose.fits import CATEGORY, reads_dates
from signaal.anonymise.propose.profile import Profile
from signaal.anonymise.propose.rules import (
    Content,
    HeadingRule,
    Verdict,
    heading_rules,
    limits,
    vocabularies,
    words_of,
)
from signaal.anonymise.propose.shapes import IDENTIFIERS, Shape
from signaal.schemas.column import Generalise, Role
from signaal.schemas.entities import Entity

STRICTNESS = (
    Role.DIRECT_IDENTIFIER,
    Role.DROP,
    Role.FREE_TEXT,
    Role.RECORD_ID,
    Role.QUASI_IDENTIFIER,
    Role.SENSITIVE,
    Role.KEEP,
)
"""Roles, strictest first. A name keeps its strictness above a dropped column: it is also searched for
in the free texts of the same record."""

_UNTOUCHED = frozenset({Role.DIRECT_IDENTIFIER, Role.DROP, Role.FREE_TEXT, Role.RECORD_ID})
_FIRST_POSTCODE, _LAST_POSTCODE = 1000, 9999
_KEEP_AGE = "(wilt u de leeftijd behouden, kies dan quasi_identifier met generalise birth_date, finest year)"
_MONTH = Generalise(hierarchy="date", finest="month")
_POSTCODE = Generalise(hierarchy="postcode", finest="postcode4")


def decide(heading: str, profile: Profile) -> Verdict:
    """What a column is, and why: the strictest of what its heading and what its cells say."""
    named = _by_heading(heading, profile)
    found = _identifiers(profile) or _postcodes(profile) or _births(profile)
    if named is None:
        return as_published(found or _by_content(profile), profile)
    strictest = min((verdict for verdict in (found, named) if verdict), key=_strictness)
    return as_published(strictest, profile)


def recognised(heading: str) -> tuple[HeadingRule, ...]:
    """The rules that know the heading, whatever its cells are."""
    words = words_of(heading)
    return tuple(rule for rule in heading_rules() if rule.matches(words))


def _strictness(verdict: Verdict) -> int:
    return STRICTNESS.index(verdict.role)


def _by_heading(heading: str, profile: Profile) -> Verdict | None:
    rules = [rule for rule in recognised(heading) if _fits(rule, profile)]
    if any(rule.opinion for rule in rules):
        rules = [rule for rule in rules if rule.opinion or rule.role is Role.SENSITIVE]
    elif profile.closed and "?" in heading:
        # "May we use your name?" asks for no name when every answer is yes or no.
        rules = [rule for rule in rules if rule.role is not Role.DIRECT_IDENTIFIER]
    return min(rules, key=_strictness, default=None)


def _fits(rule: HeadingRule, profile: Profile) -> bool:
    if rule.content is None:
        return True
    if not profile.filled:
        return not rule.opinion
    fits: dict[Content, bool] = {
        Content.TEXT: profile.is_text,
        Content.NUMBER: profile.is_number,
        Content.DATE: profile.is_date,
        Content.SCALE: profile.is_graded or profile.closed or profile.is_labelled,
    }
    return fits[rule.content]


def _identifiers(profile: Profile) -> Verdict | None:
    shape = max(IDENTIFIERS, key=profile.share)
    bsn = profile.share(Shape.BSN) >= limits().bsn_share
    if not bsn and profile.share(*IDENTIFIERS) < limits().identifier_share:
        return None
    entity, name = IDENTIFIERS[Shape.BSN if bsn else shape]
    share = profile.share(Shape.BSN if bsn else shape)
    return _direct(entity, f"{share * 100:.0f} % van de cellen is {name}")


def _postcodes(profile: Profile) -> Verdict | None:
    share = profile.share(Shape.POSTCODE)
    if share < limits().postcode_share:
        return None
    reason = f"{share * 100:.0f} % van de cellen is een postcode; op zijn fijnst vier cijfers"
    return _quasi(_POSTCODE, reason)


def _births(profile: Profile) -> Verdict | None:
    apart = profile.years >= limits().birth_span_years
    if not (profile.is_date and apart and profile.variety >= limits().person_distinct):
        return None
    reason = f"datums liggen {profile.years} jaar uit elkaar: lijkt op een geboortedatum {_KEEP_AGE}"
    return _direct(Entity.DATE_TIME, reason)


def as_published(verdict: Verdict, profile: Profile) -> Verdict:
    """What a verdict comes to, given the cells that would be published.

    Categories instead of a hierarchy that too few of the cells fit; free text where people's own
    words would go on.
    """
    verdict = _fitted(verdict, profile)
    if verdict.role in _UNTOUCHED or _takes_no_words(verdict, profile):
        return verdict
    if profile.is_date:
        return _coarser(verdict, profile)
    if profile.share(*IDENTIFIERS, Shape.WITHIN) > 0:
        return _free(f"{verdict.reason}, maar ten minste een cel bevat een direct identificerend gegeven")
    if _is_open(verdict.role, profile):
        return _free(f"{verdict.reason}, maar met eigen woorden beantwoord: {_openness(profile)}")
    return verdict


def _fitted(verdict: Verdict, profile: Profile) -> Verdict:
    wanted = verdict.generalise
    if wanted is None or wanted == CATEGORY or not profile.filled:
        return verdict
    dates = reads_dates(wanted) and profile.is_date
    if profile.fits.share(wanted) >= (limits().date_share if dates else limits().fit_share):
        return verdict
    if dates:
        return Verdict(role=Role.DROP, reason="datums in een vorm die niet gelezen wordt; beoordeel zelf")
    return verdict.model_copy(update={"generalise": CATEGORY})


def _takes_no_words(verdict: Verdict, profile: Profile) -> bool:
    """Whether a cell of words is held: it is no number, or does not fit the hierarchy."""
    if verdict.role is Role.QUASI_IDENTIFIER:
        return verdict.generalise != CATEGORY
    return profile.is_number


def _coarser(verdict: Verdict, profile: Profile) -> Verdict:
    """Dates are never published to the day."""
    dates = _quasi(_MONTH, f"{verdict.reason}, en cellen zijn datums; op zijn fijnst een maand")
    return _fitted(dates, profile)


def _is_open(role: Role, profile: Profile) -> bool:
    if profile.choices:
        return False
    if role is Role.QUASI_IDENTIFIER:
        return profile.own_words >= limits().own_words_share_quasi
    varied = profile.distinct > limits().categories and profile.variety > limits().varied_share
    return varied or profile.own_words > 0


def _by_content(profile: Profile) -> Verdict:
    """The first test that knows the cells of a column whose heading says nothing."""
    if not profile.filled:
        return Verdict(role=Role.DROP, reason="geen enkele cel is gevuld")
    tests = (_dates, _numbers, _people, _words)
    return next(verdict for test in tests if (verdict := test(profile)))


def _dates(profile: Profile) -> Verdict | None:
    if not profile.is_date:
        return None
    return _quasi(_MONTH, "cellen zijn datums; op zijn fijnst een maand")


def _numbers(profile: Profile) -> Verdict | None:
    numbers = profile.numbers
    if not profile.is_number or numbers is None:
        return None
    if numbers.is_graded and numbers.whole:
        unknown = ", met een code voor geen antwoord" if numbers.codes else ""
        return Verdict(role=Role.KEEP, reason=f"hele getallen op een korte schaal{unknown}")
    if not numbers.whole:
        return Verdict(role=Role.SENSITIVE, reason="bedragen of metingen: streng ingeschat, controleer")
    return _whole_numbers(profile, numbers.low, numbers.high)


def _whole_numbers(profile: Profile, low: float, high: float) -> Verdict:
    if low >= limits().first_year and high <= limits().last_year:
        return _quasi(Generalise(hierarchy="birth_date", finest="year"), "jaartallen, mogelijk geboortejaren")
    if low >= _FIRST_POSTCODE and high <= _LAST_POSTCODE:
        return _quasi(_POSTCODE, "vier cijfers, mogelijk een postcode")
    if low >= 0 and high <= limits().oldest:
        return _quasi(Generalise(hierarchy="age"), "hele getallen, mogelijk een leeftijd")
    if low >= limits().long_number and profile.variety >= limits().code_distinct:
        return _direct(Entity.CASE_NUMBER, "lange getallen die bijna nooit terugkomen: lijkt op een kenmerk")
    return Verdict(role=Role.SENSITIVE, reason="bedragen of aantallen: streng ingeschat, controleer")


def _people(profile: Profile) -> Verdict | None:
    """Addresses, names and case numbers, which only their form gives away."""
    several = profile.variety >= limits().person_distinct
    if profile.share(Shape.ADDRESS) >= limits().address_share and several:
        return _direct(Entity.NL_STREET_ADDRESS, _share_of(profile, Shape.ADDRESS, "een adres"))
    if profile.share(Shape.NAME) >= limits().name_share:
        # Also when few names come back all the time: those are field workers.
        return _direct(Entity.PERSON, _share_of(profile, Shape.NAME, "een volledige naam"))
    if profile.share(Shape.CODE) >= limits().identifier_share and profile.variety >= limits().code_distinct:
        return _direct(Entity.CASE_NUMBER, "codes die bijna nooit terugkomen: lijkt op een kenmerk")
    return None


def _words(profile: Profile) -> Verdict:
    """Closed questions, open questions, and what cannot be told apart."""
    if profile.share(*IDENTIFIERS, Shape.WITHIN) > 0:
        return _free("ten minste een cel bevat een direct identificerend gegeven")
    if profile.closed:
        return Verdict(role=Role.KEEP, reason="alleen vaste antwoorden, zoals ja, nee of eens")
    if profile.vocabulary is not None:
        return vocabularies()[profile.vocabulary]
    if profile.choices:
        return _quasi(CATEGORY, "meerkeuze; een zeldzame combinatie kan iemand aanwijzen")
    if profile.own_words >= limits().own_words_share:
        return _free(f"open vraag: {_openness(profile)}")
    return _categories(profile)


def _categories(profile: Profile) -> Verdict:
    said = f"{profile.distinct} verschillende antwoorden"
    if profile.distinct == 1 and profile.filled > 1:
        return Verdict(role=Role.KEEP, reason="een vakje om aan te kruisen: een en hetzelfde antwoord")
    if profile.own_words > 0:
        return _free(f"{said}, waarvan een deel in eigen woorden")
    if profile.distinct <= limits().categories and profile.rare < profile.distinct:
        return _quasi(CATEGORY, f"{said}: niet herkend, en samen met andere mogelijk herleidbaar")
    return Verdict(role=Role.DROP, reason=f"{said} op {profile.filled} cellen: niet herkend, beoordeel zelf")


def _openness(profile: Profile) -> str:
    return f"{profile.distinct} verschillende antwoorden, gemiddeld {profile.mean_length:.0f} tekens"


def _share_of(profile: Profile, shape: Shape, name: str) -> str:
    return f"{profile.share(shape) * 100:.0f} % van de cellen lijkt op {name}"


def _direct(entity: Entity, reason: str) -> Verdict:
    return Verdict(role=Role.DIRECT_IDENTIFIER, entity=entity, reason=reason)


def _quasi(generalise: Generalise, reason: str) -> Verdict:
    return Verdict(role=Role.QUASI_IDENTIFIER, generalise=generalise, reason=reason)


def _free(reason: str) -> Verdict:
    return Verdict(role=Role.FREE_TEXT, reason=reason)
