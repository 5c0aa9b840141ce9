"""What is asked for around a consultation."""
