"""Rasa is imported once, before the tests, with the warnings of its libraries put aside.

Sanic changes the warning filters while it is imported, so that those in pyproject.toml do not
reach what is imported after it.
"""

import os
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"

with warnings.catch_warnings(record=True):
    import rasa.core.run  # noqa: F401
