"""The managers' editor of the health questions (rules H0, H1 and H5)."""
