"""Which acts put something on a board, a screen, an account, and take it down?"""
