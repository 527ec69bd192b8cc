"""The country of an entity: a code beside its name, its own name, a place in it, its affiliations."""

from collections import Counter

from pipeline.nlp.places import country_in
from pipeline.resolve.forest import Forest

Answer = tuple[str | None, str | None]


class Countries:
    """Finds the country of groups of chains; ``country`` is what is known of each organisation."""

    def __init__(self, forest: Forest, country: dict[int, str | None]) -> None:
        self._chains = forest.chains
        self._country = country
        self._position = forest.position

    def of(self, group: list[int]) -> Answer:
        """The country of one entity and how it was found; both None where unsure."""
        beside = Counter(code for i in group if (code := self._chains[i].country))
        if beside:
            return _clear(beside, "code")
        if self._chains[group[0]].label == "ORG":
            forms = {form for i in group for form in self._chains[i].forms}
            told = {country_in(form) for form in forms}
            for source in ("name", "place"):
                named = Counter(code for code, by in told if code and by == source)
                if named:
                    return _clear(named, source) if len(named) == 1 else (None, None)
        stated: Counter[str] = Counter()
        for i in group:
            for other in self._chains[i].affiliated:
                j = self._position.get(other)
                code = None if j is None else self._country.get(j) or self._chains[j].country
                if code:
                    stated[code] += 1
        return _clear(stated, "affiliation") if stated else (None, None)


def _clear(codes: Counter[str], source: str) -> Answer:
    """The code that at least two thirds of the evidence gives."""
    code, times = codes.most_common(1)[0]
    return (code, source) if times * 3 >= 2 * sum(codes.values()) else (None, None)
