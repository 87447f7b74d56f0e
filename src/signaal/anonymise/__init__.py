"""Strips personal data: free text by detection, columns by their declared role."""
