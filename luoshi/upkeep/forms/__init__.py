"""What is asked for about what the town keeps up."""
