"""How far a source's table gives people away, measured anew from what would be published.

Nothing here is taken over from how the table was generalised: a measure that shared that code would
share its mistakes. Classes, values and shares are counted over all records of the source.
"""

from signaal.validation.risk.disclosure import disclosure_risk

__all__ = ["disclosure_risk"]
