"""An affiliation as a passage states it."""

from dataclasses import dataclass

from pipeline.nlp.recogniser import Named

MAX_GAP = 170  # characters between a person and an organisation; roles are shorter


@dataclass(frozen=True, slots=True)
class Stated:
    """An affiliation in a passage: the two names, the role's text, the place of the evidence."""

    person: Named
    organisation: Named | None
    role: str | None
    start: int
    end: int
    score: float

    @property
    def is_whole(self) -> bool:
        """Whether it says both role and organisation."""
        return self.role is not None and self.organisation is not None
