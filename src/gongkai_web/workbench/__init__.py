"""On which screens does the staff work?"""
