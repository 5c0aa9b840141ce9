"""The town's figures: one table of conditions feeds each number and its list."""
