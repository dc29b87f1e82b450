"""What programs can read of a page: the words of https://schema.org, as JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from studio.addresses import absolute
from studio.premises.models import Location, Studio

CARD = "studio/card.png"

ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}
"""As `json_script` does, so that nothing in the data can end the element."""

type Thing = dict[str, Any]


def script(things: Iterable[Thing]) -> SafeString:
    """The element that holds them: data, which no browser runs."""
    data = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(ESCAPES)),  # noqa: S308 - this is where it becomes safe
    )


def thing(kind: str, /, **properties: Any) -> Thing:
    """A thing of a kind, with what there is to say of it; `id` names it across pages."""
    name = properties.pop("id", None)
    told = {key: value for key, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind, **({"@id": _name(name)} if name else {}), **told}


def studio_thing(studio: Studio) -> Thing:
    """The business as a whole."""
    return thing("Organization", id="studio", name=studio.name, url=absolute(reverse("pages:home")))


def place_thing(location: Location, studio: Studio, **more: Any) -> Thing:
    """A place, as far as every page shows it.

    Its address is kept as one line of text, and nobody guesses which part of it is the city.
    """
    return thing(
        "HealthAndBeautyBusiness",
        id=f"location-{location.slug}",
        name=location.name,
        address=thing("PostalAddress", streetAddress=location.address),
        telephone=location.phone,
        email=location.email,
        url=absolute(reverse("bookings:location", args=[location.slug])),
        image=absolute(static(CARD)),
        currenciesAccepted=studio.currency,
        parentOrganization=studio_thing(studio),
        **more,
    )


def reference(location: Location) -> Thing:
    """The place by its name, where the page tells the rest of it elsewhere."""
    return {"@id": _name(f"location-{location.slug}")}


def path_thing(*steps: tuple[str, str]) -> Thing:
    """The way to a page: names and paths, from the outermost."""
    return thing(
        "BreadcrumbList",
        itemListElement=[
            thing("ListItem", position=position, name=name, item=absolute(path))
            for position, (name, path) in enumerate(steps, 1)
        ],
    )


def _name(name: str) -> str:
    """The same in each language and on each page."""
    return absolute(f"/#{name}")
