"""Which decision a message tells a case of: `Chooser` ranks the rules, `fit` calibrates it."""

from policies_db.choice.chooser import Choice, Chooser

__all__ = ["Choice", "Chooser"]
