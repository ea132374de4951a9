"""What is found among what is public?"""
