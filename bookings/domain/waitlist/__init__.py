"""Waiting for a place, and how one is given."""
