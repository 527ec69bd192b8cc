"""Policy event and news documents to tables: people, organisations, countries, topics."""

from pipeline.load import Tables, load
from pipeline.run import Summary, run

__all__ = ["Summary", "Tables", "load", "run"]
__version__ = "0.1.0"
