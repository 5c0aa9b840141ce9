"""Numbered papers from Word templates, and the scans with the seal that come back."""
