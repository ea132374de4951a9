"""What is an uploaded file, and what of it may go out?"""
