"""Affiliations: who holds which role in which organisation, where the text says so."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.records import Affiliation, Document, Mention, Passage

MAX_GAP = 160  # characters between a person and the organisation; roles are shorter
MAX_ROLE_WORDS = 14
_JOIN = r"(?:\s+(?:at|of|for|with|from|in)|,|\s+[–—-])"
_ROLE = r"(?P<role>[^()\n;:.]*?[^()\n;:.,\s])"
# between a person's end and an organisation's start, surest first
_FORMS = (
    (0.9, regex.compile(rf"^,?\s*\(\s*{_ROLE}{_JOIN}\s+(?:the\s+)?$")),  # Name (Role at Organisation
    (0.9, regex.compile(r"^\s*\(\s*(?:from\s+)?(?:the\s+)?$")),  # Name (Organisation
    (0.8, regex.compile(rf"^,\s+(?:the\s+)?{_ROLE}{_JOIN}\s+(?:the\s+)?$")),  # Name, Role, Organisation
    (0.8, regex.compile(rf"^\s+[–—-]\s+{_ROLE}{_JOIN}\s+(?:the\s+)?$")),  # Name – Role, Organisation
    (0.8, regex.compile(r"^\s+(?:from|of|at|representing)\s+(?:the\s+)?$")),  # Name from Organisation
    (0.7, regex.compile(r"^(?:,|\s+[–—|-])\s+(?:the\s+)?$")),  # Name, Organisation
)
_NO_ROLE = regex.compile(
    r"(?i)\b(?:is|was|were|are|has|have|had|will|said|says|and then|who|which|that|met|presented|opened|spoke"
    r"|welcomed|explained|told|joined|visited|thanked)\b"
)


def affiliations(
    documents: list[Document], passages: list[Passage], mentions: list[Mention]
) -> Iterator[Affiliation]:
    """Every person with the role and the organisation that the passage gives them."""
    texts = {document.doc_id: document.text for document in documents}
    by_passage: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_passage[mention.passage_id].append(mention)
    counts: dict[str, int] = defaultdict(int)
    for passage in passages:
        found = by_passage[passage.passage_id]
        for person, organisation in _neighbours(found):
            gap = texts[passage.doc_id][person.end : organisation.start]
            stated = _stated(gap)
            if stated is None:
                continue
            role, score = stated
            number = counts[passage.doc_id]
            counts[passage.doc_id] += 1
            yield Affiliation(
                affiliation_id=f"{passage.doc_id}-a{number}",
                doc_id=passage.doc_id,
                passage_id=passage.passage_id,
                person=person.text,
                role=role,
                organisation=organisation.text,
                person_mention_id=person.mention_id,
                organisation_mention_id=organisation.mention_id,
                start=person.start,
                end=organisation.end,
                score=score,
            )


def _neighbours(mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Every person with the organisation that is named next."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    for first, second in pairwise(ordered):
        near = second.start - first.end <= MAX_GAP
        if first.label == "PERSON" and second.label == "ORG" and near:
            yield first, second


def _stated(gap: str) -> tuple[str | None, float] | None:
    """The role between a person and an organisation, and how sure the form is."""
    for score, form in _FORMS:
        if match := form.match(gap):
            role = match.groupdict().get("role")
            if role and (_NO_ROLE.search(role) or len(role.split()) > MAX_ROLE_WORDS):
                return None
            return role, score
    return None
