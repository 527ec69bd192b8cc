"""An entity as it stands before it is written, and what it is called."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.forms import CACHE
from pipeline.nlp.people import PersonName, read_person
from pipeline.records import Label

COMMON = 0.34  # a form this often, measured by the commonest full one, is common


@dataclass(slots=True)
class Found:
    """An entity: its mentions by form, and what the documents or an override say of it."""

    label: Label
    mentions: list[tuple[str, str, str]]  # (mention_id, doc_id, text)
    country: str | None
    country_source: str | None
    entity_id: str = ""
    name: str = ""  # an override's; otherwise chosen from the forms
    joined: list[str] = field(default_factory=list)  # ids that overrides merged into it

    def forms(self) -> Counter[str]:
        """How often each form occurs."""
        count: Counter[str] = Counter()
        for text, times in Counter([text for _, _, text in self.mentions]).items():
            count[" ".join(text.split())] += times
        return count


def choose_name(label: Label, forms: Counter[str]) -> str:
    """The fullest of the common forms: not an acronym, a surname or capitals where there is better."""
    if len(forms) == 1:
        return next(iter(forms))
    ranked = sorted(forms, key=lambda form: (_rank(label, form), -forms[form], form))
    best = _rank(label, ranked[0])
    full = [form for form in ranked if _rank(label, form) == best]
    most = max(forms[form] for form in full)
    common = [form for form in full if forms[form] >= COMMON * most]
    return min(common, key=lambda form: (-_fullness(label, form), -forms[form], -_accents(form), form))


@lru_cache(CACHE)
def _rank(label: Label, form: str) -> int:
    """0 for a whole name in ordinary letters; more for what stands in for one."""
    shouted = form.isupper() and len(form) > 6
    if label == "PERSON":
        person = read_person(form)
        reversed_ = "," in form or any(w.isupper() and len(w) > 2 for w in form.split())
        return 4 * person.is_single + 2 * (not person.is_full) + (shouted or reversed_)
    body = read_body(form)
    return 4 * body.is_head + 2 * bool(body.acronym) + shouted + bool(body.bracketed)


def _fullness(label: Label, form: str) -> int:
    return len(read_person(form).words) if label == "PERSON" else len(read_body(form).words)


def _accents(form: str) -> int:
    return sum(ord(char) > 127 for char in form)


def stable_key(label: Label, forms: Counter[str]) -> str:
    """What an entity's id is made from: its longest name's key, which shorter forms leave as it is."""
    best = min(_rank(label, form) // 2 for form in forms)
    read: Callable[[str], PersonName | BodyName] = read_person if label == "PERSON" else read_body
    keys = [read(form).key for form in forms if _rank(label, form) // 2 == best]
    return min(keys, key=lambda key: (-len(key.split()), -len(key), key))
