"""The loop of labels: passages to label, labels back from other tools, and labels to doubt."""
