"""How people live, what they can give, and who of them was heard: reads and counts."""
