"""Who are the people, and how do they sign in?"""
