"""How does information become public, and stay traceable?"""
