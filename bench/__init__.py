"""How fast is what people wait for, against something they know?"""
