"""Acronyms of one document: whose they are, also where two bodies share one."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.chains.facts import others
from pipeline.chains.joiner import Joiner
from pipeline.nlp.alike import spells, spells_university
from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.kinds import looks_english
from pipeline.nlp.places import country_in
from pipeline.records import Mention

NEAREST = 0.6  # several bodies could be meant; the one last named is taken
Tie = tuple[int, int, str, float]


def abbreviates(acronym: str, name: BodyName, text: str) -> bool:
    """Whether an acronym can be read off a name, by its initials or its letters."""
    return not name.acronym and (
        acronym in name.initials
        or spells_university(acronym, name)
        or (len(acronym) > 2 and spells(acronym, text))
    )


class Acronyms:
    """The acronyms of a document; ``codes`` has the country beside a mention by its position."""

    def __init__(
        self,
        text: str,
        mentions: list[Mention],
        names: list[BodyName],
        ties: list[Tie],
        codes: dict[int, str],
    ) -> None:
        self.names, self.codes = names, codes
        self.texts = [mention.text for mention in mentions]
        self.tied: dict[int, tuple[int, str, float]] = {}
        self.others = others(text, mentions, [name.key for name in names])
        for i, j, reason, score in ties:
            for one, two in ((i, j), (j, i)):
                if names[one].acronym and not names[two].acronym:
                    self.tied.setdefault(one, (two, reason, score))
        self.of: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            if name.acronym:
                self.of[name.acronym].append(i)

    def shared(self) -> set[str]:
        """Acronyms that two bodies have: tied to two names, told apart by country, or by "the other"."""
        return {acronym for acronym, members in self.of.items() if self._is_shared(acronym, members)}

    def _is_shared(self, acronym: str, members: list[int]) -> bool:
        if len({self.codes[i] for i in members if i in self.codes}) > 1 or self.others.intersection(members):
            return True
        if members[0] not in self.tied and self._is_of_two(acronym):
            return True
        fulls = {self.names[j].key: j for i in members if i in self.tied for j in [self.tied[i][0]]}
        if len(fulls) < 2:
            return False
        # a local and an English name may well have one acronym between them
        english = {looks_english(self.texts[j]) for j in fulls.values()}
        return len(english) == 1 or all(
            abbreviates(acronym, self.names[j], self.texts[j]) for j in fulls.values()
        )

    def _is_of_two(self, acronym: str) -> bool:
        """Whether two names have an acronym for their initials, both English or both not."""
        having = {
            n.key: text for n, text in zip(self.names, self.texts, strict=True) if acronym in n.initials
        }
        return max(Counter(map(looks_english, having.values())).values(), default=0) > 1

    def share(self, acronym: str, fulls: Iterable[int], joiner: Joiner) -> None:
        """Give each mention of a shared acronym to the body tied to it, of its country, or nearest."""
        members = self.of[acronym]
        of_tied = {joiner.root(self.tied[i][0]) for i in members if i in self.tied}
        owners = [
            i
            for i in fulls
            if joiner.root(i) in of_tied
            or acronym in self.names[i].words  # "ADI Nouvelle-Aquitaine"
            or abbreviates(acronym, self.names[i], self.texts[i])
        ]
        countries: dict[int, set[str]] = defaultdict(set)
        for i in owners:
            code = self.codes.get(i) or country_in(self.texts[i])[0]
            countries[joiner.root(i)].update({code} if code else ())
        last: int | None = None
        for i in members:
            code = self.codes.get(i)
            if i in self.tied:
                joiner.join(i, *self.tied[i])
            else:
                pool = [j for j in owners if not code or countries[joiner.root(j)] <= {code}]
                if code and any(code in countries[joiner.root(j)] for j in pool):
                    pool = [j for j in pool if code in countries[joiner.root(j)]]
                if i in self.others and last is not None:
                    pool = [j for j in pool if joiner.root(j) != joiner.root(last)]
                before, after = [j for j in pool if j < i], [j for j in pool if j > i]
                if before or after:
                    joiner.join(i, before[-1] if before else after[0], "acronym of the nearest", NEAREST)
                elif i not in self.others and not code and last is not None:
                    joiner.join(i, last, "acronym of the nearest", NEAREST)
            root = joiner.root(i)
            countries[root].update({code} if code else ())
            owners = sorted({*owners, i})
            last = i

    def explain(self, acronyms: list[int], fulls: list[int], joiner: Joiner) -> None:
        """Join acronyms that no bracket explains to the one name whose initials they are."""
        explained = {joiner.root(i) for i in fulls}
        by_initials: dict[str, set[int]] = defaultdict(set)
        for i in fulls:
            for initials in self.names[i].initials:
                by_initials[initials].add(joiner.root(i))
        for i in acronyms:
            if joiner.root(i) in explained:
                continue
            acronym = self.names[i].acronym
            owners = {joiner.root(owner) for owner in by_initials.get(acronym, ())}
            reason, score = "initials", 0.9
            if not owners:
                owners = {joiner.root(j) for j in fulls if spells_university(acronym, self.names[j])}
            if not owners and len(acronym) > 3:  # what leaves words out waits for the other documents
                near = [j for j in fulls if spells(acronym, self.texts[j])]
                if all(spells(acronym, self.texts[j], whole=True) for j in near):
                    owners = {joiner.root(j) for j in near}
                reason, score = "letters", 0.7
            owners = {j for j in owners if not self._abroad(i, j, joiner)}
            if len(owners) == 1:
                joiner.join(i, next(iter(owners)), reason, score)
            elif owners and (before := [j for j in fulls if j < i and joiner.root(j) in owners]):
                joiner.join(i, before[-1], "acronym of the nearest", NEAREST)

    def _abroad(self, i: int, j: int, joiner: Joiner) -> bool:
        """Whether the country beside an acronym is not that of a name."""
        code, other = self.codes.get(i), self.codes.get(j) or country_in(self.texts[j])[0]
        return bool(code and other and code != other)


def bracketed(names: list[BodyName], fulls: list[int], acronyms: list[int], joiner: Joiner) -> None:
    """Join "European Innovation Council (EIC)" as one mention with the acronym alone."""
    for i in fulls:
        for j in acronyms:
            if names[i].bracketed and read_body(names[i].bracketed).key == names[j].key:
                joiner.join(j, i, "acronym in brackets", 0.97)
