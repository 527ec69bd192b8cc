"""Topics: one of three policy topics, none, or silence, for every passage."""

from collections.abc import Iterator

from pipeline.config import TopicsSettings
from pipeline.nlp.classifier import load_classifier, model_text, promoted
from pipeline.records import Document, Passage, Topic
from pipeline.stage import model_hash


def version(settings: TopicsSettings) -> str:
    """A text that changes when the promoted classifier does."""
    return model_hash(promoted(settings.models))


def topics(
    documents: list[Document], passages: list[Passage], *, settings: TopicsSettings
) -> Iterator[Topic]:
    """The topic of every passage with the probability of each class.

    A heading is ``none``. The topic is null where the likeliest class stays below the
    classifier's threshold, or where the document's language is not one it knows; in that
    case there are no probabilities either.
    """
    classifier = load_classifier(promoted(settings.models))
    known = {
        document.doc_id: document.text
        for document in documents
        if document.language is None or document.language in settings.languages
    }
    bodies = [p for p in passages if p.doc_id in known and p.kind != "heading"]
    rows = classifier.predict_proba([model_text(known[p.doc_id][p.start : p.end], p.heading) for p in bodies])
    by_passage = {p.passage_id: row for p, row in zip(bodies, rows, strict=True)}
    for passage in passages:
        row = by_passage.get(passage.passage_id)
        if row is not None:
            chances = dict(zip(classifier.classes, map(float, row), strict=True))
        elif passage.doc_id in known:
            chances = {name: float(name == "none") for name in classifier.classes}
        else:
            yield Topic(passage.passage_id, passage.doc_id, None, None, None, None, None, None)
            continue
        best = max(chances, key=chances.__getitem__)
        yield Topic(
            passage_id=passage.passage_id,
            doc_id=passage.doc_id,
            topic=best if chances[best] >= classifier.threshold else None,
            confidence=chances[best],
            p_cluster_management=chances["cluster_management"],
            p_sme_innovation=chances["sme_innovation"],
            p_public_private_innovation=chances["public_private_innovation"],
            p_none=chances["none"],
        )
