"""How is the web layer put together: settings, addresses, the WSGI door?"""
