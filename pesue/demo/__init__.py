"""An invented company with twelve weeks behind it, lived by the real actions.

Everything in it is made up; its networks and its addresses reach nobody.
"""
