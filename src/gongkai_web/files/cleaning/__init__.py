"""Cleaning: one module a type, from bytes to bytes and the words for what was taken out."""
