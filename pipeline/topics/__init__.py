"""Topics: one of the classifier's topics, none, or silence, for every passage."""

from collections.abc import Iterator

import numpy as np

from pipeline.config import TopicsSettings
from pipeline.errors import ConfigError
from pipeline.nlp.classifier import features, load_classifier, promoted
from pipeline.nlp.recogniser import vectors_version
from pipeline.records import NONE, VECTOR_SIZE, Document, Passage, Topic, Vector
from pipeline.stage import model_hash


def version(settings: TopicsSettings) -> str:
    """A text that changes when the promoted classifier does."""
    return model_hash(promoted(settings.models))


def classes(settings: TopicsSettings) -> tuple[str, ...]:
    """The classes of the promoted classifier, for which the records hold probabilities."""
    return load_classifier(promoted(settings.models)).classes


def check_vectors(recogniser: str, settings: TopicsSettings) -> None:
    """Raise ConfigError where the promoted classifier does not know the recogniser's vectors."""
    folder = promoted(settings.models)
    if load_classifier(folder).vectors != vectors_version(recogniser):
        raise ConfigError(
            f"{folder} was trained on another encoder's vectors than entities.recogniser gives; "
            "run 'pipeline train topics'"
        )


def topics(
    documents: list[Document],
    passages: list[Passage],
    vectors: list[Vector],
    *,
    settings: TopicsSettings,
) -> Iterator[Topic]:
    """The topic of every passage with the probability of each class, from its vector.

    A heading is ``none``. The topic is null where the likeliest class stays below the
    classifier's threshold, or where the document's language is not one it knows; in that
    case there are no probabilities either.
    """
    classifier = load_classifier(promoted(settings.models))
    read = {vector.passage_id: vector.vector for vector in vectors}
    known = {d.doc_id for d in documents if d.language is None or d.language in settings.languages}
    zeros = np.zeros(VECTOR_SIZE, np.float16)
    bodies, own, above = [], [], []
    headings = {}
    for passage in passages:
        if passage.kind == "heading":
            headings[passage.doc_id] = read[passage.passage_id]
        elif passage.doc_id in known:
            bodies.append(passage.passage_id)
            own.append(read[passage.passage_id])
            above.append(headings.get(passage.doc_id, zeros) if passage.heading else zeros)
    by_passage = {}
    if bodies:
        by_passage = dict(zip(bodies, classifier.predict_proba(features(own, above)), strict=True))
    nothing = dict.fromkeys(classifier.classes)
    certain = {**dict.fromkeys(classifier.classes, 0.0), NONE: 1.0} if NONE in classifier.classes else None
    for passage in passages:
        row = by_passage.get(passage.passage_id)
        if row is not None:
            topic, also = classifier.decide(row)
            chances = dict(zip(classifier.classes, map(float, row), strict=True))
            yield Topic(passage.passage_id, passage.doc_id, topic, also, float(row.max()), {**chances})
        elif passage.doc_id in known and certain:
            yield Topic(passage.passage_id, passage.doc_id, NONE, None, 1.0, {**certain})
        else:
            yield Topic(passage.passage_id, passage.doc_id, None, None, None, {**nothing})
