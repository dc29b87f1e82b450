"""The demo film: one session in half a minute, without a sound."""
