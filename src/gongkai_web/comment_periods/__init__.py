"""Comment periods (意见征集): drafts on which the public is asked, its comments, what was made of them."""
