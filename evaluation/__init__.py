"""Measures the running assistant on conversations with known answers; see docs/evaluation.md."""
