"""Moving a booking on the day board: what can be done is shown, and the server decides."""
