"""What may people do with their own sign-in?"""
