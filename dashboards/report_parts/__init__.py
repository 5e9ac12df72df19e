"""Parts of the report that no other page has: its cover, its order, how far to trust it, how to repeat it."""
