"""Training: the topic classifier from labelled passages."""
