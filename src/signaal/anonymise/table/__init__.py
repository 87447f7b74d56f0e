"""Columns: what their declared roles make of them, and how rare combinations are taken out."""
