"""Rasa components of Guanda: how a message is understood before an action is chosen."""
