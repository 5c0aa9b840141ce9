"""Sentences of the parts of cases, each registered by import."""
