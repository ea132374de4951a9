"""How is an office made, kept safe, put back, examined: the commands on the server itself?"""
