"""Makes a package: PDF and XML of each matter, the register, the zip with digests."""
