"""What may be done to bodies, their people, roles, departments and rules, and by whom?"""
