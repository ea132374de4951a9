"""How does the report desk work: write one's own annual report, check anybody's?"""
