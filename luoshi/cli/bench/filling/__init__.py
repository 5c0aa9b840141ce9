"""Fills a demo town with cases by the database's own bulk load."""
