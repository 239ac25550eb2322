"""What the tests of the web share: a server with a stand-in for Rasa, and a browser."""
