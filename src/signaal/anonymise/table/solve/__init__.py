"""The solver: how coarse each quasi-identifier must be, and which cells must be empty beside."""

from signaal.anonymise.table.solve.problem import Attribute, Problem, Sensitive, Solved
from signaal.anonymise.table.solve.solver import solve

__all__ = ["Attribute", "Problem", "Sensitive", "Solved", "solve"]
