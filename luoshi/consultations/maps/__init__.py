"""The opinion map of a consultation: made, kept, put into words, drawn."""
