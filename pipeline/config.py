"""Settings: one frozen section a stage, read from ``pipeline.toml``, checked before anything runs."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.records import TOPICS

ROOT = Path(__file__).parent.parent  # models and the sample corpus stand beside the package


class Section(BaseModel):
    """A section of the configuration; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RunSettings(Section):
    """How the work is cut up."""

    part_size: int = Field(default=200, ge=1, description="Documents in a part, the unit of work.")


class IngestSettings(Section):
    """What a file may be."""

    max_bytes: int = Field(default=200_000_000, ge=1, description="Larger files are rejected.")
    timeout_seconds: int = Field(default=120, ge=1, description="Longest time for reading one file.")


class EntitiesSettings(Section):
    """Which recogniser finds people and organisations, and in which languages."""

    recogniser: str = Field(
        default=str(ROOT / "models" / "en_policy"),
        description="Folder of an encoder, or a spaCy pipeline: folder or package name.",
    )
    languages: tuple[str, ...] = Field(default=("en",), description="Languages that it knows.")


class TopicsSettings(Section):
    """Which classifier gives topics, and which topics labels may name."""

    models: Path = Field(default=ROOT / "models" / "topics", description="Folder of topic classifiers.")
    languages: tuple[str, ...] = Field(default=("en",), description="Languages that it knows.")
    names: tuple[str, ...] = Field(default=TOPICS, description="Topics that labels may name, beside none.")


class ResolveSettings(Section):
    """What people have decided about entities."""

    overrides: Path = Field(
        default=ROOT / "corpus" / "overrides.csv", description="CSV file of decisions; it need not exist."
    )


class Settings(Section):
    """The whole configuration."""

    run: RunSettings = RunSettings()
    ingest: IngestSettings = IngestSettings()
    entities: EntitiesSettings = EntitiesSettings()
    topics: TopicsSettings = TopicsSettings()
    resolve: ResolveSettings = ResolveSettings()


def load_settings(path: Path | None = None) -> Settings:
    """The settings in a TOML file; by default ``pipeline.toml`` here, else the built-in ones.

    Relative paths in the file are relative to its folder. Raises ConfigError with the
    section and key at fault.
    """
    chosen = path or Path("pipeline.toml")
    if path is None and not chosen.is_file():
        return Settings()
    try:
        raw = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {chosen}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{chosen} is not valid TOML: {error}") from error
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg'].lower()}" for e in error.errors())
        raise ConfigError(f"{chosen}: {problems}") from error
    folder = chosen.resolve().parent
    topics = settings.topics.model_copy(update={"models": folder / settings.topics.models})
    recogniser = settings.entities.recogniser
    if (folder / recogniser).is_dir():
        recogniser = str(folder / recogniser)
    entities = settings.entities.model_copy(update={"recogniser": recogniser})
    resolve = settings.resolve.model_copy(update={"overrides": folder / settings.resolve.overrides})
    return settings.model_copy(update={"topics": topics, "entities": entities, "resolve": resolve})
