"""The acts of comment periods: the only writers of their tables."""
