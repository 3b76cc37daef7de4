"""Sentences to the point and beside it."""
