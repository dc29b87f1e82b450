"""Pages as programs read them: their elements, and what their heads say."""

import json
from html.parser import HTMLParser
from typing import Any

type Element = tuple[str, dict[str, str]]


class Reading(HTMLParser):
    """The elements of a page, its title, and its things in the words of schema.org."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.inside: dict[int, str] = {}
        self.feed(answer.content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep the words after it."""
        last = len(self.elements) - 1
        self.inside[last] = self.inside.get(last, "") + data

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self, tag: str, **attributes: str) -> list[str]:
        """What stands directly in the elements of a name with these attributes."""
        return [
            self.inside.get(position, "").strip()
            for position, (name, given) in enumerate(self.elements)
            if name == tag and attributes.items() <= given.items()
        ]

    @property
    def title(self) -> str:
        """The words of the one title; drawings have titles of their own."""
        return self.words("title")[0]

    def meta(self, name: str) -> list[str]:
        """What the meta elements of a name say."""
        return [
            each["content"]
            for each in self.named("meta")
            if name in (each.get("name"), each.get("property"))
        ]

    def links(self, rel: str) -> list[str]:
        """Where the links of a kind in the head lead."""
        return [each["href"] for each in self.named("link") if each.get("rel") == rel]

    @property
    def alternates(self) -> dict[str, str]:
        """The page's addresses by language."""
        return {
            each["hreflang"]: each["href"]
            for each in self.named("link")
            if each.get("rel") == "alternate"
        }

    def things(self, kind: str) -> list[dict[str, Any]]:
        """The things of a kind, wherever it stands in the graph's first rank."""
        found = [json.loads(each) for each in self.words("script", type="application/ld+json")]
        return [thing for data in found for thing in data["@graph"] if thing["@type"] == kind]
