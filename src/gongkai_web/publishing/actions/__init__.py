"""Which acts change what is drafted, reviewed and public?"""
