"""Tests of what all engines share."""
