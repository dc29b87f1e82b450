"""What pages and search engines need to know about the film."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1280, 720
FRAMES_PER_SECOND = 24
SECONDS = 35

FOLDER = "film"
"""Where its files are among the static files."""
SOURCES = (("ashiatsu.webm", "video/webm"), ("ashiatsu.mp4", "video/mp4"))
POSTER = "poster.jpg"
POSTER_AT = 20.6


@dataclass(frozen=True)
class Caption:
    """What is told from one second until another; some have a still, taken at a second."""

    start: float
    end: float
    en: str
    es: str
    still: float | None = None

    def words(self, language: str) -> str:
        """The caption in a language; English where there is no other."""
        return self.es if language.startswith("es") else self.en


CAPTIONS = (
    Caption(
        0.3, 2.8,
        "You arrive a little early.",
        "Llegas un poco antes.",
    ),
    Caption(
        3.0, 6.8,
        "First you talk: how you are today, and how firm it may get.",
        "Primero conversan: cómo estás hoy y cuánta presión quieres.",
        still=5.4,
    ),
    Caption(
        7.0, 11.2,
        "You lie face down under a towel, and warm oil is spread over your back.",
        "Te acuestas boca abajo, bajo una toalla, y te reparten aceite tibio por la espalda.",
        still=9.6,
    ),
    Caption(
        11.4, 14.8,
        "Your therapist steps up barefoot and takes hold of the bars.",
        "Tu terapeuta sube sin zapatos y se sostiene de las barras.",
        still=13.9,
    ),
    Caption(
        15.0, 18.6,
        "One foot settles beside your spine, waits, and glides.",
        "Un pie se posa junto a tu columna, espera y se desliza.",
    ),
    Caption(
        18.8, 22.8,
        "Then both feet work, in long slow strokes along the back.",
        "Después trabajan los dos pies, con pasadas largas y lentas por la espalda.",
    ),
    Caption(
        23.0, 26.6,
        "They stay to the left and right of the spine, never on it.",
        "Van a la izquierda y a la derecha de la columna, nunca encima.",
        still=24.6,
    ),
    Caption(
        26.8, 31.0,
        "Too much? Raise a hand or say so: the arms take weight off you at once.",
        "¿Es demasiado? Levanta una mano o dilo: los brazos te quitan peso enseguida.",
        still=29.6,
    ),
    Caption(
        31.2, 34.7,
        "In the end you rest under a blanket, with nothing to do.",
        "Al final descansas bajo una manta, sin nada que hacer.",
        still=33.4,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Still:
    """A picture of the film for those who want nothing to move, with its words."""

    name: str
    second: float
    caption: Caption


def stills() -> list[Still]:
    """The pictures that together tell the same as the film."""
    kept = [(caption.still, caption) for caption in CAPTIONS if caption.still is not None]
    return [
        Still(f"still-{number}.svg", second, caption)
        for number, (second, caption) in enumerate(kept, 1)
    ]
