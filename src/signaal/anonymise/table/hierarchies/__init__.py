"""How quasi-identifiers become coarser: hierarchies, which are data (ADR 13)."""

from signaal.anonymise.table.hierarchies.hierarchy import Hierarchy, Reader, level_range
from signaal.anonymise.table.hierarchies.load import load_hierarchies

__all__ = ["Hierarchy", "Reader", "level_range", "load_hierarchies"]
