"""Writes the drawings: `python -m studio.drawing`."""

from pathlib import Path

from studio.drawing.pictures import DRAWINGS

STATIC = Path(__file__).resolve().parent.parent / "static"


def main() -> None:
    """Draw everything anew."""
    for name, drawing in DRAWINGS.items():
        (STATIC / "drawings" / f"{name}.svg").write_text(drawing().svg())


if __name__ == "__main__":
    main()
