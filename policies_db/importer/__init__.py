"""From the text of a PDF or Word file to a reviewed source file, and on to provisions."""
