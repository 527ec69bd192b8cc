"""Train an encoder on public and own annotated text, measure it, and write it with its card."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from sklearn.linear_model import LogisticRegression

from pipeline.components import Entities
from pipeline.config import EntitiesSettings, Settings
from pipeline.errors import ConfigError
from pipeline.evaluate import Score, evaluate_mentions
from pipeline.gold import GoldText, read_gold
from pipeline.label.rows import Labelled
from pipeline.nlp.classifier import Vectors
from pipeline.nlp.encoder import FILES, Calibration, Encoder, log_odds
from pipeline.nlp.names import tidy
from pipeline.nlp.recogniser import COMPONENT
from pipeline.records import NONE
from pipeline.store import write_file
from pipeline.training.copies import Substitution, join, lines, shout, wrap
from pipeline.training.corpora import NEAR, PUBLIC, cut, may_be_on_topic, read_names, read_places, read_public
from pipeline.training.examples import Example, from_gold
from pipeline.training.topics import estimator, macro_f1

if TYPE_CHECKING:  # it needs torch
    from pipeline.training.fitting import Recipe

CALIBRATION = FILES[2]
EPOCHS = 3
SHARE = 0.6  # of the names in a copy that are replaced by others
SHOUTED = 0.06  # share of the copies that are put in capitals
WRAPPED = 0.08  # share whose lines are broken
SPLIT = 0.6  # share of the copies of several lines that are read line by line
SENTENCES = 4  # of the public sets that make a paragraph, at most
PUBLIC_SHARE = 0.6  # of the public sets of other fields that an epoch reads; CrossNER politics is read twice
PLAIN = 800  # texts in an epoch that teach no names
PLAIN_CHARS = 900  # read of each of them


@dataclass(frozen=True, slots=True)
class Sources:
    """What to train on: annotated passages, public sets, labelled passages, and texts without either.

    The last teach the vector; where they hold no word of the topics they teach it "none".
    """

    gold: Path
    public: Path | None = None
    names: Path | None = None  # folder of name lists for the copies
    plain: tuple[str, ...] = ()
    labelled: tuple[Labelled, ...] = ()  # those of the split encoder teach the vector the topics
    copies: int = 3  # of each annotated passage in an epoch, all but one with other names
    held_out: tuple[str, ...] = ()  # authors whose passages are kept for measuring


def epochs(count: int, sources: Sources, seed: int) -> Iterator[list[Example]]:
    """The examples of each epoch; the same seed gives the same ones."""
    rng = random.Random(seed)
    own = [from_gold(gold) for gold in _split(sources)[0]]
    near = read_public(sources.public, NEAR) if sources.public else []
    far = read_public(sources.public, [name for name in PUBLIC if name not in NEAR]) if sources.public else []
    people, organisations = read_names(sources.names) if sources.names else ([], [])
    substitute = Substitution(own, people, organisations, read_places() if sources.names else ())
    for _ in range(count):
        again = [substitute(example, rng, SHARE) for example in near]
        chosen = [*near, *again, *rng.sample(far, int(PUBLIC_SHARE * len(far)))]
        rng.shuffle(chosen)
        some = list(join(chosen, rng, SENTENCES))
        plain = [
            cut(text, PLAIN_CHARS, rng) for text in rng.sample(sources.plain, min(PLAIN, len(sources.plain)))
        ]
        some += [_unnamed(text, None if may_be_on_topic(text) else NONE) for text in plain]
        some += [_unnamed(row.text, row.topic) for row in sources.labelled if row.split == "encoder"]
        for copy in range(sources.copies):
            for example in own:
                some += _copy(substitute(example, rng, SHARE), rng) if copy else [example]
        yield some


def _unnamed(text: str, topic: str | None = None) -> Example:
    """A text that teaches no names."""
    return Example(text, ((0, len(text), "IGNORE"),), topic)


def _copy(example: Example, rng: random.Random) -> list[Example]:
    """A copy as it may come: in single lines, wrapped, or in capitals."""
    if "\n" in example.text:
        return lines(example) if rng.random() < SPLIT else [example]
    chance = rng.random()
    if chance < SHOUTED:
        return [shout(example)]
    return [wrap(example, rng) if chance < SHOUTED + WRAPPED else example]


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


def train_encoder(
    sources: Sources, output: Path, work: Path, *, count: int = EPOCHS, seed: int = 1
) -> list[Score]:
    """Fine-tune, export as int8 and write a spaCy pipeline with its card to ``output``.

    Returns the scores on the authors held out, on which the names' scores are calibrated
    too. Checkpoints go to ``work``. Raises ConfigError where the extra ``train`` is not
    installed.
    """
    try:
        from pipeline.training.fitting import Recipe, train
        from pipeline.training.model import export, original_vectors
    except ImportError as error:
        raise ConfigError("training an encoder needs: pip install 'pipeline[train]'") from error
    _, held_out = _split(sources)
    recipe = Recipe(epochs=count, seed=seed)
    export(train(epochs(count, sources, seed), work, recipe), work)
    write_file(work / CALIBRATION, json.dumps(asdict(calibrate(Encoder(work), held_out))).encode())
    write_pipeline(work, output)
    settings = Settings(entities=EntitiesSettings(recogniser=str(output)))
    scores = evaluate_mentions(held_out, settings) if held_out else []
    vectors = {
        "all-MiniLM-L6-v2": measure_vectors(original_vectors, sources),
        "this encoder": measure_vectors(_vectors_of(Encoder(work)), sources),
    }
    write_file(output / "card.md", _card(output, sources, recipe, scores, held_out, vectors).encode())
    return scores


def measure_vectors(vectors: Callable[[Sequence[str]], Vectors], sources: Sources) -> tuple[float, float]:
    """How good passage vectors are: for topics, and for finding a text by its first sentence.

    Macro F1 of logistic regression on the labelled passages held out, and mean reciprocal rank
    over texts that teach the vector, of which each is looked for among all by its beginning.
    """
    known = [row for row in sources.labelled if row.split != "holdout"]
    held = [row for row in sources.labelled if row.split == "holdout"]
    f1 = float("nan")
    if known and held:
        model = estimator().fit(vectors([row.text for row in known]), [row.topic for row in known])
        best = model.predict(vectors([row.text for row in held]))
        f1 = macro_f1(np.array([row.topic for row in held]), best)
    pairs = [text.split(". ", 1) for text in sources.plain if ". " in text][:PLAIN]
    if not pairs:
        return f1, float("nan")
    alike = vectors([first for first, _ in pairs]) @ vectors([rest[:PLAIN_CHARS] for _, rest in pairs]).T
    ranks = (alike >= np.diag(alike)[:, None]).sum(axis=1)
    return f1, float((1 / ranks).mean())


def _vectors_of(encoder: Encoder) -> Callable[[Sequence[str]], Vectors]:
    return lambda texts: np.array([r.vector for r in encoder.read(texts)], np.float32)


def calibrate(encoder: Encoder, texts: Sequence[GoldText]) -> Calibration:
    """The calibration that fits an encoder's names on annotated texts; none where there are too few."""
    given, right = [], []
    for gold, reading in zip(texts, encoder.read([gold.text for gold in texts]), strict=True):
        spans = {(span.start, span.end, span.label) for span in gold.spans}
        ignored = [span for span in gold.spans if span.label == "IGNORE"]
        for name in tidy(gold.text, reading.names):
            if all(name.end <= span.start or span.end <= name.start for span in ignored):
                given.append([log_odds(name.score)])
                right.append((name.start, name.end, name.label) in spans)
    if len(set(right)) < 2:
        return Calibration()
    fitted = LogisticRegression(C=1e6).fit(given, right)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def write_pipeline(encoder: Path, output: Path) -> None:
    """Write the spaCy pipeline that has the encoder of a folder: entities, affiliations, topics."""
    nlp = spacy.blank("en")
    cast(Entities, nlp.add_pipe("policy_entities")).recogniser = str(encoder)
    nlp.add_pipe("policy_affiliations")
    nlp.add_pipe("policy_topics")
    nlp.meta.update(
        name="policy",
        version=version("pipeline"),
        license="MIT",
        description="People, organisations, countries, affiliations and topics in policy documents",
    )
    nlp.to_disk(output)


def _words_a_second(encoder: Encoder, texts: Sequence[str]) -> float:
    """The encoder's speed on this machine in one thread."""
    started = time.perf_counter()
    for _ in encoder.read(texts):
        pass
    return sum(len(text.split()) for text in texts) / (time.perf_counter() - started)


def _card(
    output: Path,
    sources: Sources,
    recipe: "Recipe",
    scores: list[Score],
    held_out: list[GoldText],
    vectors: dict[str, tuple[float, float]],
) -> str:
    sets = "\n".join(f"- {name}" for name in PUBLIC.values()) if sources.public else ""
    rows = "\n".join(f"| {s.label} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} |" for s in scores)
    folder = output / COMPONENT
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1e6
    speed = _words_a_second(Encoder(folder), [gold.text for gold in held_out]) if held_out else 0
    learnt = len(read_gold(sources.gold)) - len(held_out)
    taught = [row for row in sources.labelled if row.split == "encoder"]
    topics, marked = (sum((row.doc_id is None) == own for row in taught) for own in (True, False))
    kinds = "\n".join(f"| {name} | {f1:.3f} | {rank:.3f} |" for name, (f1, rank) in vectors.items())
    return f"""# en_policy

People, organisations, countries, affiliations and topics in English policy event and news documents.

The encoder is all-MiniLM-L6-v2 (Apache-2.0) with an embedding of word shapes, fine-tuned to label
people, organisations and roles and, when it reads a text again for one person, what of it is theirs;
its mean vector is kept close to the original's and learns topics.
int8; {size:.0f} MB in all; {speed:,.0f} words a second from text to names in one thread. Countries
are found by rule.

Trained on {learnt:,} annotated passages of this project (MIT), {sources.copies} copies an epoch, all but
one with other names and places put in (places: GeoNames, CC BY 4.0), on {topics:,} passages of this
project labelled with topics, on {PLAIN} texts an epoch that teach no names, and {marked} passages of
them that this project has labelled (calls and results in brief of the European Commission, reuse
under Decision 2011/833/EU), and on:
{sets}

Recipe: {", ".join(f"{name} {value}" for name, value in asdict(recipe).items())}.

## Figures

Held out: {len(held_out)} passages of the authors {", ".join(sources.held_out) or "none"}.
The scores of names are calibrated on them.

| label | precision | recall | F1 |
| --- | --- | --- | --- |
{rows}

The vector: macro F1 of topics by logistic regression on passages held out, and the mean
reciprocal rank of a text that is looked for by its first sentence among {PLAIN}.

| vectors of | topics | finding a text |
| --- | --- | --- |
{kinds}
"""
