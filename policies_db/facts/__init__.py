"""What people type, as facts: `facts_in` finds what a text mentions, `fill` gives it its roles."""
