"""Organisations across documents: equal names, titles, acronyms, translations, short names."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.nlp.alike import expands, misspelt, shortens
from pipeline.nlp.bodies import BodyName, read_body, without_state
from pipeline.nlp.forms import fold
from pipeline.nlp.kinds import FIELDS, HEADS, OPPOSED, looks_english
from pipeline.nlp.known import kinds_of, known_as
from pipeline.nlp.places import is_place, is_state
from pipeline.resolve.acronyms import CROWD, LONG, Acronyms, is_known
from pipeline.resolve.blocks import join_block
from pipeline.resolve.evidence import COMMON, Evidence
from pipeline.resolve.forest import Forest

SHORT = 3  # letters of an acronym that a longer name has in it: "SFG", with evidence besides


class Bodies:
    """The organisations of a corpus as they are joined, the surest reasons first."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.forest: Forest = evidence.forest
        self.chains = evidence.chains
        self.country = evidence.country
        self.names = {
            i: [(form, read_body(form)) for form in self.forest.chains[i].forms] for i in self.chains
        }

        self._kinds_of: dict[int, list[tuple[str, frozenset[str], bool]]] = {}

    def join(self) -> None:
        """Join what is one organisation."""
        self._join_equal()
        self._join_titles()
        acronyms = Acronyms(self.evidence, self.names)
        acronyms.translate()
        for acronym, block in acronyms.loose():
            known = is_known(acronym)
            join_block(self.evidence, block, sure=known or len(acronym) >= LONG, stateless=known)
        acronyms.join()
        acronyms.spell()
        self._join_by_staff()
        self._join_translations()
        self._join_variants()
        self._join_heads()

    def _join_equal(self) -> None:
        blocks: dict[str, dict[int, str]] = defaultdict(dict)
        loose: dict[str, dict[int, str]] = defaultdict(dict)
        local: dict[str, dict[int, str]] = defaultdict(dict)
        shouted: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            names = self.names[i]
            alone = all(name.acronym or name.is_head for _, name in names)
            for form, name in names:
                if (known := known_as(name.key)) and (alone or not (name.acronym or name.is_head)):
                    blocks[known].setdefault(i, form)
                elif name.acronym:
                    shouted[name.key].setdefault(i, form)  # "IGAPE", which may be Igape
                elif name.is_head:
                    continue
                elif name.is_generic:
                    loose[name.key].setdefault(i, form)
                    if len(name.words) > 1 and not looks_english(form):  # a language has few countries
                        local[fold(form)].setdefault(i, form)
                else:
                    blocks[name.key].setdefault(i, form)
                    if self.country[i] and read_body(without_state(name)).is_generic and not name.is_head:
                        stripped = without_state(name)
                        if len(stripped.split()) > 1:
                            loose[stripped].setdefault(i, form)
        for key, block in shouted.items():
            if len(key) >= LONG and key in blocks:
                blocks[key].update((i, form) for i, form in block.items() if i not in blocks[key])
        for key, block in sorted(blocks.items()):
            join_block(self.evidence, block, sure=True, stateless="european" in key)
        for _, block in sorted(local.items()):
            join_block(self.evidence, block, sure=True)
        for _, block in sorted(loose.items()):
            join_block(self.evidence, block, sure=False)

    def _join_titles(self) -> None:
        """Join names that begin with one name of their own: "ecoteca", "ecoteca. The Circular Agency"."""
        titles: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            for form, name in self.names[i]:
                title = " ".join(name.title)
                own = len(title) > 2 and not any(word in HEADS or is_place(word) for word in name.title)
                if own and title != name.key and len(name.title) < len(name.words):
                    titles[title].setdefault(i, form)
        for i in self.chains:
            for form, name in self.names[i]:
                if (title := " ".join(name.words)) in titles:
                    titles[title].setdefault(i, form)
        for _, block in sorted(titles.items()):
            join_block(self.evidence, block, sure=True, reason="title of the name")

    def _join_by_staff(self) -> None:
        """Join a local and an English name of one kind of body to which one person is said to belong."""
        of: dict[str, list[int]] = defaultdict(list)
        for i in self.chains:
            for person in self.evidence.people[i]:
                of[person].append(i)
        for _, chains in sorted(of.items()):
            by_root = {self.forest.root(i): i for i in reversed(chains)}
            several = sorted(by_root.values())[:CROWD] if len(by_root) > 1 else []
            for n, i in enumerate(several):
                for j in several[:n]:
                    if self.forest.root(i) != self.forest.root(j):
                        self._translate(i, j)

    def _translate(self, i: int, j: int) -> None:
        one, two = (self.country[k] for k in (i, j))
        if self.forest.chains[i].doc_id == self.forest.chains[j].doc_id or (one and two and one != two):
            return
        for form, kinds, english in self._kinds(i):
            for other, of_other, is_english in self._kinds(j):
                if kinds == of_other and english != is_english:
                    self.forest.join(i, j, (form, other), "translation, same person", 0.8)
                    return

    def _kinds(self, i: int) -> list[tuple[str, frozenset[str], bool]]:
        """A chain's whole names that say what kind of body it is, and whether each looks English."""
        if i not in self._kinds_of:
            self._kinds_of[i] = [
                (form, kinds, looks_english(form))
                for form, name in self.names[i]
                if not (name.is_head or name.acronym) and (kinds := HEADS.intersection(name.words))
            ]
        return self._kinds_of[i]

    def _join_translations(self) -> None:
        """Join the one local and the one English name of a country's body of one kind and field."""
        local: dict[tuple[str, ...], dict[int, tuple[int, str]]] = defaultdict(dict)
        english: dict[tuple[str, ...], dict[int, tuple[int, str]]] = defaultdict(dict)
        for i in self.chains:
            country = self.country[i]
            for form, name in self.names[i] if country else ():
                side = english if looks_english(form) else local
                for key in _translation_keys(name):
                    side[country or "", *key].setdefault(self.forest.root(i), (i, form))
        for key in sorted(local.keys() & english.keys()):
            if len(local[key]) == len(english[key]) == 1:
                ((i, form),), ((j, other),) = local[key].values(), english[key].values()
                fields, others = (FIELDS.intersection(read_body(name).words) for name in (form, other))
                if not (fields <= others or others <= fields):
                    continue  # "economy and development", "regional development"
                self.forest.join(i, j, (form, other), "translation, same kind and field", 0.75)

    def _join_variants(self) -> None:
        """Join short and misspelt names to the one longer or commoner name that they can stand for."""
        owners: dict[str, dict[int, str]] = defaultdict(dict)  # key: chains with a form
        names: dict[str, BodyName] = {}
        for i in self.chains:
            for form, name in self.names[i]:
                whole = len(name.words) > 1 or not name.acronym or len(name.acronym) >= SHORT
                if not name.is_head and not name.is_generic and whole:
                    owners[name.key].setdefault(i, form)
                    if name.is_legal or name.key not in names:  # "Airbus" of "Airbus SE" is whole
                        names[name.key] = name
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, name in names.items():
            for word in set(name.words):
                by_word[word].append(key)
        for key in sorted(names, key=lambda key: (-len(names[key].words), key)):
            name = names[key]
            near: set[str] = set()
            for word in name.words:
                if len(by_word[word]) <= COMMON:
                    near.update(by_word[word])
            near.discard(key)
            self._join_variant(key, sorted(near), names, owners)

    def _join_variant(
        self, key: str, near: list[str], names: dict[str, BodyName], owners: dict[str, dict[int, str]]
    ) -> None:
        first = min(owners[key])
        found: dict[int, tuple[float, str, str]] = {}
        for other in near:
            match = shortens(names[key], names[other])
            if not match and expands(names[key], names[other]):
                match = ("initials in part", 0.85)
            root = self.forest.root(min(owners[other]))
            if not match and misspelt(names[key], names[other]) and root != self.forest.root(first):
                match = ("spelling", 0.8)
            if match:
                found[root] = max(found.get(root, (0.0, "", "")), (match[1], match[0], other))
        if not found or self.forest.root(first) in found:
            return
        mine = self.evidence.countries(list(owners[key])[:COMMON])
        scored = []
        for score, reason, other in found.values():
            members = list(owners[other])[:COMMON]
            countries = self.evidence.countries(members)
            if mine and countries and not mine & countries:
                continue
            shared = self.evidence.shared(first, members, {key, other})
            brief = names[key].acronym and len(names[key].acronym) < LONG
            if brief and not (shared or self.evidence.staff(first, members)):
                continue
            scored.append(
                (score + 0.1 * min(shared, 2) - (0.0 if shared or mine & countries else 0.08), reason, other)
            )
        scored.sort(reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.1):
            for score, reason, other in scored:
                self._pair(first, other, owners, key, reason, min(score, 0.6))
            return
        self._pair(first, scored[0][2], owners, key, scored[0][1], min(scored[0][0], 0.95))

    def _pair(
        self, first: int, other: str, owners: dict[str, dict[int, str]], key: str, reason: str, score: float
    ) -> None:
        second = min(owners[other])
        self.forest.join(first, second, (owners[key][first], owners[other][second]), reason, score)

    def _join_heads(self) -> None:
        """Join "the Agency" to the one body of its document that is an agency by another document's words."""
        in_document: dict[str, dict[int, int]] = defaultdict(dict)  # roots, each with its first chain there
        kinds: dict[int, set[str]] = defaultdict(set)
        heads: list[int] = []
        for i in self.chains:
            if all(name.is_head for _, name in self.names[i]):
                heads.append(i)
                continue
            root = self.forest.root(i)
            in_document[self.forest.chains[i].doc_id].setdefault(root, i)
            kinds[root].update(*(kinds_of(name) for _, name in self.names[i]))
        for i in heads:
            form, name = self.names[i][0]
            wanted, beside = kinds_of(name), in_document[self.forest.chains[i].doc_id]
            owners = [j for root, j in beside.items() if wanted <= kinds[root]]
            if len(owners) == 1:
                self.forest.join(i, owners[0], (form, self.names[owners[0]][0][0]), "kind of body", 0.75)


def _translation_keys(name: BodyName) -> Iterator[tuple[str, ...]]:
    """What a name and its translation have in common: kind of body, part of the country, a field."""
    kinds = sorted(word for word in name.words if word in HEADS)
    places = {word for word in name.words if is_place(word) or is_state(word)}
    where = sorted(word for word in name.words if word in OPPOSED or (word in places and not is_state(word)))
    if kinds and not name.acronym:
        for field in {word for word in name.words if word not in HEADS} - places:
            yield (*where, *kinds, field)
