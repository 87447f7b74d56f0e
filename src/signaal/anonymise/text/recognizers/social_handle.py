"""SOCIAL_HANDLE: the name of somebody's account."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("social_words")
_DOMAINS = one_of([*word_lists("web_words")["domains"], *word_lists("web_words")["word_domains"]])
_PLATFORM = rf"(?<![\w@./-]){one_of(_WORDS['platforms'])}(?!\w|\.\w)"
_PLATFORM_NAME = rf"(?<![\w@./-]){one_of(_WORDS['platforms'])}(?!\.\w)"
_BETWEEN = rf"(?:(?:\s|(?=[:=→-])){one_of(_WORDS['between'])}){{0,3}}"
_SURE = (
    r"(?:(?:naam|account|tag|id|handle)?\s?[:=→]\s?|naam\s(?:is\s)?|account\sis\s|(?<=naam|name|tag)\sis\s)"
)
_HANDLE = r"[\w](?:[\w.#-]{1,30}\w|\w)"
_NO_ORDINARY = rf"(?!{one_of(_WORDS['ordinary'])}(?![\w.#-]))"
_MARKED = r"(?=[\w-]*[._#\d])"
_PLATFORM_ANCHOR = rf"(?:{one_of(_WORDS['platforms'])})(?:naam|name)?(?![a-z])"


class SocialHandleRecognizer(AnchoredRecognizer):
    """A name with an @ before it, or one that stands after the name of a network or a game.

    A name without a sign or figure in it counts only where the words say that a name follows.
    Examples: @lil.moes, "snap: lil.moes", "insta lil_moes", "op discord moes#1234", "gamertag is moes".
    """

    ENTITY: ClassVar[str] = "SOCIAL_HANDLE"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "name after @",
            rf"(?i)(?<![\w.@/+-])@(?!{one_of(_WORDS['nobody'])}(?!\w))(?=[\w.]*[a-z_])\w(?:[\w.-]{{0,29}}\w)?(?![\w@]|\.\w)"
            rf"(?<!\w\s@[\w-]{{1,28}}\.{_DOMAINS})",
            0.7,
            "@",
            before=1,
            after=40,
        ),
        AnchoredPattern(
            "name with figures after #",
            r"(?<![\w#.])[\w.]{2,32}#\d{4}(?!\w)",
            0.7,
            "#[0-9]{4}",
            before=34,
            after=1,
        ),
        AnchoredPattern(
            "name with a sign after a network",
            rf"(?i){_PLATFORM}{_BETWEEN}\s?(?:\(|:|=)?\s?(?P<value>@?{_MARKED}(?=[\w.#-]*[^\W\d]){_HANDLE})"
            rf"(?<!\.{_DOMAINS})(?![\w@])",
            0.7,
            _PLATFORM_ANCHOR,
            before=0,
            after=90,
        ),
        AnchoredPattern(
            "name where the words announce one",
            rf"(?i){_PLATFORM_NAME}{_SURE}(?P<value>@?{_NO_ORDINARY}{_HANDLE})(?<!\.{_DOMAINS})(?![\w@])",
            0.6,
            _PLATFORM_ANCHOR,
            before=0,
            after=90,
        ),
    ]
