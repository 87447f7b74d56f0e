"""Settings of a workspace: ``signaal.toml``, overruled by ``SIGNAAL_…`` in the environment."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

SETTINGS_FILE = "signaal.toml"


class Settings(BaseSettings):
    """Everything that can be set, with its default. Paths are below the workspace unless absolute.

    ``key`` holds the project's key itself (64 hex digits) where it comes from the environment or a
    secret store; else ``key_file`` is read, which nobody but its owner may be able to read.
    ``engine`` says what reads texts, and ``model`` with what: for spaCy a folder or the name of an
    installed package (the bundled pipeline where it is left out), for the others a folder.
    ``replacements`` is a file that says what stands in the place of findings, where that is to be
    anything else than by default (``anonymise/text/replacements.yaml``).
    ``processes`` is how many of them detect personal data at once; each takes some 500 MB.
    ``max_file_mb`` and ``max_text_characters`` bound what one file and one free text may be: a
    larger one is left in the inbox with a message.
    """

    model_config = SettingsConfigDict(env_prefix="SIGNAAL_", extra="forbid", frozen=True)

    workspace: Path = Path("workspace")
    inbox: Path = Path("inbox")
    sources: Path = Path("sources")
    store: Path = Path("store/signaal.duckdb")
    reports: Path = Path("reports")
    exports: Path = Path("exports")
    prefect: Path = Path("prefect")
    key: SecretStr | None = None
    key_file: Path = Path("project.key")
    engine: Literal["spacy", "transformers", "gliner"] = "spacy"
    model: Path | None = None
    replacements: Path | None = None
    score_threshold: Annotated[float, Field(ge=0, le=1)] = 0.4
    processes: Annotated[int, Field(ge=1)] = 1
    max_file_mb: Annotated[int, Field(ge=1)] = 200
    max_text_characters: Annotated[int, Field(ge=1000)] = 1_000_000

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file, what a caller passes before both."""
        workspace = init_settings().get("workspace") or env_settings().get("workspace") or "workspace"
        file = TomlConfigSettingsSource(settings_cls, Path(workspace) / SETTINGS_FILE)
        return init_settings, env_settings, file

    @property
    def max_file_bytes(self) -> int:
        """``max_file_mb`` in bytes; a megabyte is a million of them."""
        return self.max_file_mb * 1_000_000

    def path(self, part: Path) -> Path:
        """A path of the settings as an absolute one."""
        return (self.workspace / part).absolute()
