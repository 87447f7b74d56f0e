"""What the columns say of everybody in a batch, searched for in everybody's texts.

A respondent writes about a neighbour who filled in the survey as well. One index a batch; one pass over
the words of a text with look-ups in dictionaries, however many names there are.
"""

from signaal.anonymise.text.batch_names.batch import OF_BATCH, SCORE, BatchNames

__all__ = ["OF_BATCH", "SCORE", "BatchNames"]
