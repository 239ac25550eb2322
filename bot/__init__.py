"""What faces people: channels, Rasa components, and the command that starts everything."""
