"""What can be booked: rows gathered as plain values, and the one predicate about them (S and T)."""
