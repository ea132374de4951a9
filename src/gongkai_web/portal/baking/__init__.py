"""How do the portal's pages become files that any web server hands out?"""
