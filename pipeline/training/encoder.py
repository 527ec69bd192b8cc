"""Train an encoder on public and own annotated text, measure it, and write it with its card."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.config import EntitiesSettings, Settings
from pipeline.errors import ConfigError
from pipeline.evaluate import Score, evaluate_mentions
from pipeline.gold import GoldText, read_gold
from pipeline.store import write_file
from pipeline.training.corpora import (
    PUBLIC,
    Example,
    Substitution,
    from_gold,
    join,
    read_names,
    read_public,
    shout,
)

SHARE = 0.6  # of the names in a copy that are replaced by others
SHOUTED = 0.06  # share of the copies that are put in capitals
SENTENCES = 4  # of the public sets that make a paragraph, at most


@dataclass(frozen=True, slots=True)
class Sources:
    """What to train on: annotated passages, public sets, texts that teach vectors only."""

    gold: Path
    public: Path | None = None
    names: Path | None = None  # folder of name lists for the copies
    plain: tuple[str, ...] = ()
    copies: int = 6  # of each annotated passage in an epoch, all but one with other names
    held_out: tuple[str, ...] = ()  # authors whose passages are kept for measuring


def epochs(count: int, sources: Sources, seed: int) -> Iterator[list[Example]]:
    """The examples of each epoch; the same seed gives the same ones."""
    rng = random.Random(seed)
    own = [from_gold(gold) for gold in _split(sources)[0]]
    public = read_public(sources.public) if sources.public else []
    people, organisations = read_names(sources.names) if sources.names else ([], [])
    substitute = Substitution([*own, *public], people, organisations)
    for _ in range(count):
        rng.shuffle(public)
        some = list(join(public, rng, SENTENCES))
        some += [Example(text, ((0, len(text), "IGNORE"),)) for text in sources.plain]
        for copy in range(sources.copies):
            for example in own:
                changed = substitute(example, rng, SHARE) if copy else example
                some.append(shout(changed) if copy and rng.random() < SHOUTED else changed)
        yield some


def _split(sources: Sources) -> tuple[list[GoldText], list[GoldText]]:
    """The annotated passages to learn from, and those of the authors held out."""
    gold = read_gold(sources.gold)
    known = {text.header.get("author", "") for text in gold}
    if unknown := set(sources.held_out) - known:
        raise ConfigError(f"no author {', '.join(sorted(unknown))} in {sources.gold}")
    return (
        [text for text in gold if text.header.get("author") not in sources.held_out],
        [text for text in gold if text.header.get("author") in sources.held_out],
    )


def train_encoder(sources: Sources, output: Path, *, count: int = 4, seed: int = 1) -> list[Score]:
    """Fine-tune, export as int8 to ``output`` with a card; the scores on the authors held out.

    Raises ConfigError where the extra ``train`` is not installed.
    """
    try:
        from pipeline.training.model import Recipe, export, train
    except ImportError as error:
        raise ConfigError("training an encoder needs: pip install 'pipeline[train]'") from error
    recipe = Recipe(epochs=count, seed=seed)
    model = train(epochs(count, sources, seed), output / "work", recipe)
    export(model, output)
    _, held_out = _split(sources)
    settings = Settings(entities=EntitiesSettings(recogniser=str(output)))
    scores = evaluate_mentions(held_out, settings) if held_out else []
    facts = {"recipe": asdict(recipe), "copies": sources.copies, "held_out": sources.held_out}
    write_file(output / "meta.json", (json.dumps(facts, indent=1) + "\n").encode())
    write_file(output / "card.md", _card(output, sources, recipe.seed, scores).encode())
    return scores


def _card(output: Path, sources: Sources, seed: int, scores: list[Score]) -> str:
    sets = "\n".join(f"- {name}" for name in PUBLIC.values()) if sources.public else ""
    rows = "\n".join(f"| {s.label} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} |" for s in scores)
    size = (output / "encoder.onnx").stat().st_size / 1e6
    return f"""# Encoder

all-MiniLM-L6-v2 (Apache-2.0), fine-tuned for people and organisations with an embedding of word shapes;
its mean vector is kept close to the original's. int8, {size:.0f} MB. Seed {seed}.

Trained on the annotated passages of this project (MIT), {sources.copies} copies an epoch, all but one with
other names put in, and on:
{sets}

Held out: the passages of the authors {", ".join(sources.held_out) or "none"}.

| label | precision | recall | F1 |
| --- | --- | --- | --- |
{rows}
"""
