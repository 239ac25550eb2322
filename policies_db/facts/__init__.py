"""What people type, as facts: `facts_in` finds what a text mentions, `fill` what a rule asks of it.

Mentions (numbers, bounds, quantities, dates, weekdays, names) are put together in extraction;
saying, placing and chronology, each on top of the one before, tell what they are; filling asks all.
"""
