"""Health answers at the desk: reviewing them, having them given, and the therapist's day."""
