"""The studio's pictures and its film, drawn by a script: `python -m studio.drawing`."""
