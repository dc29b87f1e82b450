"""Every drawing of the site, by its name."""

from collections.abc import Callable

from studio.drawing.paper import Sheet
from studio.drawing.pictures import bodies, homes, portraits, sessions, steps, styles

DRAWINGS: dict[str, Callable[[], Sheet]] = {
    "bar": sessions.bar,
    "pressure": sessions.pressure,
    "session-bar": sessions.session_bar,
    "session-mat": sessions.session_mat,
    "session-hands": sessions.session_hands,
    "feet": bodies.feet,
    "strokes": bodies.strokes,
    "hands-and-feet": bodies.hands_and_feet,
    "step-talk": steps.talk,
    "step-oil": steps.oil,
    "step-first-stroke": steps.first_stroke,
    "step-walk": steps.walk,
    "step-turn": steps.turn,
    "step-rest": steps.rest,
    "styles": styles.all_five,
    "style-india": styles.india,
    "style-japan": styles.japan,
    "style-thailand": styles.thailand,
    "style-china": styles.china,
    "style-philippines": styles.philippines,
    "benefits": homes.benefits,
    "when-not": homes.when_not,
    "place": homes.place,
    "nothing-free": homes.nothing_free,
    "lost": homes.lost,
    "portrait-1": portraits.first,
    "portrait-2": portraits.second,
    "portrait-3": portraits.third,
    "portrait-4": portraits.fourth,
}
