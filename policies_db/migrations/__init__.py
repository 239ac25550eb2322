"""Alembic migrations of the policy database."""
