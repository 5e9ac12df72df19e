"""Texts as delegations read them: written out with brackets, read back, compared revision by revision."""
