"""The contracts between the stages: values and checks on them, no logic beyond that."""
