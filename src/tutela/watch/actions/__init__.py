"""The verbs, by noun. Each asks the gate, checks the rules, writes, and records its leaf."""
