"""The language of a text, by py3langid."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SURE = 0.5  # below it a text is too short or too full of names to tell: 6,796 English texts all passed
MAX_CHARS = 20_000  # more text does not change the answer, only the time

# languages in which policy documents of Europe and its neighbours are written
LANGUAGES = (
    "en de fr it es pt nl da sv no fi et lv lt pl cs sk hu ro bg sl hr sr bs mk sq el mt ga "
    "is ca eu gl lb tr uk ru hy ka az ar he zh ja ko"
).split()


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in LANGUAGES if code in set(identifier.labels)])
    return identifier


def detect(text: str) -> tuple[str | None, float]:
    """The likeliest language as an ISO 639-1 code and its probability; no code where unsure."""
    code, confidence = _identifier().classify(text[:MAX_CHARS])
    return (str(code) if confidence >= SURE else None), float(confidence)
