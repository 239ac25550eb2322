"""One module for each way in: what a channel receives, and how it draws a card."""
