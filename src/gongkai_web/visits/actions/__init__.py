"""Which acts decide what is said about visits?"""
