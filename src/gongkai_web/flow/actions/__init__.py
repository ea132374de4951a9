"""Which acts run reviews?"""
