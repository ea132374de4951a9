"""How does what an older site published come in, without coming twice and without being said to be reviewed when it was not?"""
