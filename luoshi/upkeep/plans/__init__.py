"""From the register to a plan of upkeep: prices, what is frozen, and what it says."""
