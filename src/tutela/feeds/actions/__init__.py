"""The verbs of feeds."""
