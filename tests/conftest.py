"""Properties without deadlines: the first call of a recogniser loads its model."""

from hypothesis import settings

settings.register_profile("pipeline", deadline=None, print_blob=True)
settings.load_profile("pipeline")
