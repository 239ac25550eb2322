"""The policy database: documents, provisions, validity, rules as data, search, decisions."""
