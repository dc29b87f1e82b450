"""Health questions, answers, and what follows from them (rules H0 to H5)."""
