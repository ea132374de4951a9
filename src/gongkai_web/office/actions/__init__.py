"""Which acts of the server's own commands change records?"""
