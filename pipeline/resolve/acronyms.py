"""Acronyms across documents: whose they are, and the local and the English name that share one."""

from collections import Counter, defaultdict

from pipeline.nlp.alike import spells
from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.kinds import FIELDS, HEADS, looks_english
from pipeline.nlp.known import known_as
from pipeline.nlp.places import is_place
from pipeline.resolve.evidence import Evidence
from pipeline.resolve.forest import most_votes

LONG = 4  # letters from which two bodies of one acronym are unlikely
CROWD = 20  # bodies of one acronym; among more nothing is compared


class Acronyms:
    """The acronyms of a corpus; names that are equal have been joined before."""

    def __init__(self, evidence: Evidence, names: dict[int, list[tuple[str, BodyName]]]) -> None:
        self.evidence = evidence
        self.forest = evidence.forest
        self.names = names
        self.bare: dict[str, dict[int, str]] = defaultdict(dict)  # chains with nothing but an acronym
        self.owners: dict[str, dict[int, str]] = defaultdict(dict)
        by_initials: dict[str, dict[int, str]] = defaultdict(dict)
        for i, forms in names.items():
            alone = all(name.acronym or name.is_head for _, name in forms)
            for form, name in forms:
                if name.acronym:
                    (self.bare if alone else self.owners)[name.acronym].setdefault(i, form)
                for initials in () if name.acronym else name.initials:
                    by_initials[initials].setdefault(i, form)
        self.by_initials = by_initials

    def loose(self) -> list[tuple[str, dict[int, str]]]:
        """Acronyms with the chains that have nothing else, where no name in the corpus has them."""
        return [(a, block) for a, block in sorted(self.bare.items()) if not self._candidates(a)[0]]

    def _candidates(self, acronym: str) -> tuple[dict[int, str], bool]:
        """Chains that an acronym can stand for, and whether a document says so rather than their initials."""
        if self.owners.get(acronym):
            return self.owners[acronym], True
        named = self.by_initials.get(acronym, {}) if len(acronym) > 2 else {}
        return (named, False) if len({self.forest.root(i) for i in named}) <= CROWD else ({}, False)

    def join(self) -> None:
        """Join chains that have only an acronym to the one body that has it beside its name."""
        members = self.evidence.groups()
        for acronym, block in sorted(self.bare.items()):
            owners, said = self._candidates(acronym)
            by_root: dict[int, list[int]] = defaultdict(list)
            for i in owners:
                root = self.forest.root(i)
                by_root[root] = members.get(root, [i])
            if not by_root:
                continue
            forms = {**owners, **block}
            own = {read_body(form).key for form in forms.values()}
            rest = [i for i in block if not self._join_bare(i, by_root, owners, forms, own, acronym, said)]
            first: dict[str | None, int] = {}
            for i in rest:  # of none of them: "the other AIT"
                code = self.evidence.country[i]
                if code and (other := first.setdefault(code, i)) != i:
                    self.forest.join(i, other, (forms[i], forms[other]), "same", 0.85)

    def _join_bare(
        self,
        i: int,
        by_root: dict[int, list[int]],
        owners: dict[int, str],
        forms: dict[int, str],
        own: set[str],
        acronym: str,
        said: bool,
    ) -> bool:
        """Join one chain to the body that the evidence favours; whether there is one."""
        evidence, chain = self.evidence, self.forest.chains[i]
        code = evidence.country[i]
        around = set(chain.around) | {code or evidence.home(i) or ""}
        votes: Counter[int] = Counter()
        for root, members in by_root.items():
            countries = evidence.countries(members)
            if code and countries and code not in countries:
                continue
            rest = [j for j in members if j != i]
            if self._keeps_apart(chain.doc_id, [i], rest, acronym):
                continue
            agrees = bool(around & countries)
            known = min(3, evidence.shared(i, members, own)) + 3 * evidence.staff(i, members)
            votes[root] = 1 + 2 * known + agrees
            if set(chain.around) and countries and not agrees and votes[root] == 1:
                votes[root] = 0
        best = most_votes(votes)
        if best is None and len(votes) > 1:  # with which it is named in more documents
            most = max(votes.values())
            often = {root: evidence.often(i, by_root[root], own) for root in votes if votes[root] == most}
            best = most_votes(Counter(often)) if most > 1 else None
        if best is None:
            return not votes
        onto = next(j for j in owners if self.forest.root(j) in (best, self.forest.root(best)))
        long = len(forms[i]) >= LONG
        score = 0.9 if votes[best] > 1 else 0.75 if votes[best] or long else 0.6
        if not said:
            score -= 0.1 if votes[best] > 1 else 0.15
        reason = "acronym" if said else "initials"
        return self.forest.join(i, onto, (forms[i], forms[onto]), reason, score)

    def _keeps_apart(self, doc_id: str, one: list[int], two: list[int], acronym: str) -> bool:
        """Whether a document gives one acronym to a chain on either side."""
        return all(
            any(
                self.forest.chains[i].doc_id == doc_id and any(n.acronym == acronym for _, n in self.names[i])
                for i in side
            )
            for side in (one, two)
        )

    def spell(self) -> None:
        """Join acronyms that nothing explains to the one name of their document that has their letters.

        A name that has an acronym of its own does not get another one.
        """
        in_document: dict[str, list[int]] = defaultdict(list)
        for i, forms in self.names.items():
            if any(not (name.acronym or name.is_head) for _, name in forms):
                in_document[self.forest.chains[i].doc_id].append(i)
        taken = {self.forest.root(i) for block in (*self.bare.values(), *self.owners.values()) for i in block}
        for acronym, block in sorted(self.bare.items()):
            if len(acronym) < LONG or is_known(acronym) or self._candidates(acronym)[0]:
                continue
            for i, form in block.items():
                found: dict[int, tuple[int, str]] = {}
                for j in in_document[self.forest.chains[i].doc_id]:
                    if self._abroad(i, j) or self.forest.root(j) in taken:
                        continue
                    for other, name in self.names[j]:
                        if not name.acronym and spells(acronym, other):
                            found.setdefault(self.forest.root(j), (j, other))
                if len(found) == 1:
                    ((j, other),) = found.values()
                    self.forest.join(i, j, (form, other), "letters", 0.7)

    def _abroad(self, i: int, j: int) -> bool:
        one, two = self.evidence.country[i], self.evidence.country[j]
        return bool(one and two and one != two)

    def translate(self) -> None:
        """Join a local and an English name that share their acronym and their country or a word."""
        members = self.evidence.groups()
        by_acronym: dict[str, set[int]] = defaultdict(set)
        for i, forms in self.names.items():
            for form, name in forms:
                local = len(name.words) > 2 and not name.acronym and not looks_english(form)
                for acronym in {name.acronym} - {""} or (name.initials if local else ()):
                    if name.acronym or len(acronym) > 2:
                        by_acronym[acronym].add(self.forest.root(i))
        for acronym, roots in sorted(by_acronym.items()):
            if not 1 < len(roots) <= CROWD:
                continue
            sides: dict[bool, list[tuple[list[int], str]]] = {True: [], False: []}
            for group in sorted(members[root] for root in roots):
                full = [
                    form for i in group for form, name in self.names[i] if not (name.acronym or name.is_head)
                ]
                if len(english := {looks_english(form) for form in full}) == 1:
                    sides[english.pop()].append((group, full[0]))
            pairs = ((min(one, two), max(one, two)) for one in sides[True] for two in sides[False])
            for (one, form), (two, other) in sorted(pairs):
                self._translate(acronym, one, two, (form, other))

    def _translate(self, acronym: str, one: list[int], two: list[int], forms: tuple[str, str]) -> None:
        evidence = self.evidence
        of_two = {self.forest.chains[i].doc_id for i in one} & {self.forest.chains[i].doc_id for i in two}
        if any(self._keeps_apart(doc_id, one, two, acronym) for doc_id in of_two):
            return
        countries = evidence.countries(one), evidence.countries(two)
        if countries[0] and countries[1] and not countries[0] & countries[1]:
            return
        words = set(read_body(forms[0]).words), set(read_body(forms[1]).words)
        kinds = words[0] & HEADS, words[1] & HEADS
        if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
            return
        telling = {word for word in words[0] & words[1] if word not in HEADS and word not in FIELDS}
        tied = countries[0] & countries[1] or telling or evidence.shared(one[0], two, {acronym})
        around = [{c for i in side for c in self.forest.chains[i].around} for side in (one, two)]
        near = around[0] & around[1] and kinds[0] & kinds[1]
        score = 0.85 if tied else 0.7 if len(acronym) >= LONG or near else 0.5
        places = [{word for word in side if is_place(word)} for side in words]
        if places[0] and places[1] and not places[0] & places[1]:
            score = 0.5
        self.forest.join(one[0], two[0], forms, "translation, same acronym", score)


def is_known(acronym: str) -> bool:
    """Whether an acronym is that of a house which texts name without explaining it."""
    return known_as(acronym) is not None
