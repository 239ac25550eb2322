"""Custom actions: slots and tracker in, card out. One short module a conversation."""
