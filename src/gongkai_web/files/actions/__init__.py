"""Which acts take uploads in, and let a false alarm pass?"""
