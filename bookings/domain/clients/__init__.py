"""Who sessions are for, and what the studio keeps of them (rules P1 and P3)."""
