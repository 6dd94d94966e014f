"""Programs for those who work on Tutela; nothing of the product imports them."""
