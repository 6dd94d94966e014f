"""Our own lists: places, banks, surnames, terms, header words. Data only, no rules."""
