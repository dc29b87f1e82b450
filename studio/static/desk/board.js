// Keeps the day board up to date: asks every ten seconds whether it has changed.
