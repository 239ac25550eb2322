"""Actions without a server."""
