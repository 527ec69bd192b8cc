"""The three ways things go wrong: the configuration, a stage, one document."""

from enum import StrEnum


class PipelineError(Exception):
    """Any error this package raises on purpose; its text says what to do next."""


class ConfigError(PipelineError):
    """Nothing can be done as asked: a bad setting, a missing model, an unwritable folder."""


class StageError(PipelineError):
    """A stage broke on a part; this is a defect or a failing machine, never one bad document."""


class Reason(StrEnum):
    """Why a row of ``sources`` is not simply ``ok``; a fixed vocabulary to group by."""

    UNREADABLE = "unreadable"  # the operating system would not give its bytes
    TOO_LARGE = "too_large"
    EMPTY = "empty"  # no bytes, or only white space
    NO_TEXT = "no_text"  # a real document without a text layer, a scan for instance
    UNSUPPORTED = "unsupported"  # a format that ingest does not read
    NOT_TEXT = "not_text"  # named like text, but its bytes are not
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TIMEOUT = "timeout"
    DUPLICATE = "duplicate"  # the same bytes as an earlier source
    LANGUAGE = "language"  # a document all the same, but in a language without models


class Rejection(PipelineError):
    """One file cannot become a document: its reason, and a sentence for a person."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
