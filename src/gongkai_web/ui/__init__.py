"""What do all screens share: templates, components, headers, error pages?"""
