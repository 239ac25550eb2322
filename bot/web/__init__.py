"""The web page, the widget and the document reader: what they are made of, apart from Rasa."""
