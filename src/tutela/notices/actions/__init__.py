"""The verbs, by noun."""
