"""The verbs of people and rights, by noun. Each asks the gate, checks the rules, writes, and records its leaf."""
