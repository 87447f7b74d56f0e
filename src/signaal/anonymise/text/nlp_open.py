"""Which engine reads the texts, as the settings say."""

from pathlib import Path

from signaal.anonymise.text.nlp import BUNDLED_MODEL, DutchNlpEngine, DutchReader
from signaal.anonymise.text.nlp_folder import model_folder
from signaal.schemas.settings import Settings


def open_nlp(settings: Settings) -> DutchReader:
    """What is set as ``engine``, with what is set as ``model``: the bundled pipeline unless said otherwise.

    Raises:
        ConfigurationError: the model is not there, is none for this engine or finds no people, or
            the packages of the engine are missing.
    """
    if settings.engine == "spacy":
        return DutchNlpEngine(_pipeline(settings))
    folder = model_folder(settings)
    # Imported where it is needed: torch takes seconds.
    if settings.engine == "transformers":
        from signaal.anonymise.text.nlp_transformers import open_transformer

        return open_transformer(folder)
    from signaal.anonymise.text.nlp_gliner import open_gliner

    return open_gliner(folder)


def _pipeline(settings: Settings) -> Path:
    if settings.model is None:
        return BUNDLED_MODEL
    folder = settings.path(settings.model)
    return folder if folder.is_dir() else settings.model
