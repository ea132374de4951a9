"""Which bodies are there, who belongs to them and in which role?"""
