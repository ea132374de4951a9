"""How do approvals, tasks, numbers and queued work run?"""
