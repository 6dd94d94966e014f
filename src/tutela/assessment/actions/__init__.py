"""The verbs, by noun. Each asks the gate, then the rule, then writes, and leaves its trace."""
