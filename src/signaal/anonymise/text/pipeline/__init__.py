"""The parts of the Dutch pipeline that are signaal's own; importing this registers them with spaCy."""

from signaal.anonymise.text.pipeline.tagger import SCORES, SHARES, PersonalDataTagger
from signaal.anonymise.text.pipeline.words import word_embedding

__all__ = ["SCORES", "SHARES", "PersonalDataTagger", "word_embedding"]
