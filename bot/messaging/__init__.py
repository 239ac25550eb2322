"""What messaging platforms have in common; a channel adds its platform's envelope and interface.

`desk` answers each message once, at once or later; the rest are its parts, one concept a module.
"""
