"""The look back: what the class agreed beside what the model alone would have, and how it came about."""
