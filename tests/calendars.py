"""Reads calendar files as RFC 5545 says, strictly, and without the library that wrote them."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LINE = re.compile(
    r"""(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)""",
    re.DOTALL,
)
PARAMETER = re.compile(r""";([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))""")


@dataclass
class Property:
    """A value as it is written, and what stands between its name and it."""

    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """Without its escapes."""
        return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), self.value)


@dataclass
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.properties

    def __getitem__(self, name: str) -> Property:
        """The one property of a name; there may not be two."""
        (only,) = self.properties[name]
        return only

    def text(self, name: str) -> str:
        """The text of one property."""
        return self[name].text

    def all(self, name: str) -> list["Component"]:
        """Its parts of a name."""
        return [part for part in self.parts if part.name == name]


def read(file: bytes) -> Component:
    """The calendar of a file; an AssertionError for one that is none."""
    assert file.endswith(b"\r\n")
    physical = file[:-2].split(b"\r\n")
    assert all(len(line) <= LONGEST_LINE and b"\n" not in line for line in physical)
    lines: list[bytes] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    outer = Component("")
    open_ones = [outer]
    for line in lines:
        found = LINE.fullmatch(line.decode())
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            part = Component(value)
            open_ones[-1].parts.append(part)
            open_ones.append(part)
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            given = {
                key: quoted or plain
                for key, quoted, plain in PARAMETER.findall(found["parameters"])
            }
            open_ones[-1].properties.setdefault(name, []).append(Property(value, given))
    assert open_ones == [outer]
    (calendar,) = outer.parts
    assert calendar.name == "VCALENDAR"
    assert calendar.text("VERSION") == "2.0"
    return calendar


def event_in(file: bytes) -> Component:
    """The only event of a file."""
    (event,) = read(file).all("VEVENT")
    return event


def instant(calendar: Component, time: Property) -> datetime:
    """The UTC instant of a DTSTART or the like, by the file's own time zones alone."""
    if time.value.endswith("Z"):
        assert "TZID" not in time.parameters
        return _wall(time.value.removesuffix("Z")).replace(tzinfo=UTC)
    (zone,) = (
        zone for zone in calendar.all("VTIMEZONE") if zone.text("TZID") == time.parameters["TZID"]
    )
    return _as_utc(zone, _wall(time.value))


def _as_utc(zone: Component, wall: datetime) -> datetime:
    """The first instant at which the clocks show it; in a gap, by the clocks before it."""
    onsets = sorted(onset for part in zone.parts for onset in _onsets(part, wall.year + 1))
    meant = []
    for at, before, after in onsets:
        in_effect = wall - after
        following = [later for later, *_ in onsets if later > at]
        if at <= in_effect and (not following or in_effect < following[0]):
            meant.append(in_effect)
        if at - timedelta(days=1) < wall - after < at <= wall - before:
            meant.append(wall - before)
    return min(meant).replace(tzinfo=UTC)


def _onsets(part: Component, until: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """When an observance begins, by UTC clocks, with the offsets before and after it."""
    assert part.name in ("STANDARD", "DAYLIGHT")
    before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
    first = _wall(part.text("DTSTART"))
    walls = [first]
    if "RRULE" in part:
        rule = dict(each.split("=") for each in part.text("RRULE").split(";"))
        assert rule.pop("FREQ") == "YEARLY"
        month, day = int(rule.pop("BYMONTH")), rule.pop("BYDAY")
        assert not rule
        years = range(first.year, until + 1)
        walls = [datetime.combine(_weekday(year, month, day), first.time()) for year in years]
        assert walls[0] == first
    return [(wall - before, before, after) for wall in walls]


def _weekday(year: int, month: int, rule: str) -> date:
    """The date of `2SU` or `-1SU`."""
    count, weekday = int(rule[:-2]), WEEKDAYS.index(rule[-2:])
    days = [date(year, month, day + 1) for day in range(monthrange(year, month)[1])]
    those = [day for day in days if day.weekday() == weekday]
    return those[count - 1 if count > 0 else count]


def _wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")


def _offset(text: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)", text)
    assert found, text
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return size if found[1] == "+" else -size
