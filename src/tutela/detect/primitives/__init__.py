"""What several recognisers are built from: check digits, dates, characters, clean forms, typed text, headers."""
