"""Which screen answers which address?"""
