"""What was done, by whom, to what, and can that record be trusted?"""
