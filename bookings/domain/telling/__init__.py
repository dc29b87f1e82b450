"""What clients and therapists are told: queued with the change, sent afterwards (rule P4)."""
