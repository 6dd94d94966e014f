"""Lists: places, banks, surnames, roles. Data without rules."""
