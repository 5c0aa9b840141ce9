"""Orders of other systems: read, brought in, followed, answered, never typed twice."""
