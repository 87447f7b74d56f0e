"""What may be put in the place of a finding: one Presidio operator for each way."""
