"""Where do people meet the core: screens, uploads, sessions?"""
