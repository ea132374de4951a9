"""How often is what was published read, without anybody being followed?"""
