"""What is asked for about projects and votes."""
