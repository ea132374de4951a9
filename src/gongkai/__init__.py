"""Gongkai: the law, the clock, the statistical return, its reading, checking and printing."""

__version__ = "0.1.0"
