from studio.drawing.paper import Again, Sheet, box, disc, line, moved, named


def sheet(*drawn):
    return Sheet(200, 100, -10 - 5j, 2, drawn)


def test_a_sheet_is_so_many_pixels_wide_and_shows_what_lies_behind_its_corner():
    assert ' width="200" height="100" viewBox="-10 -5 100 50">' in sheet().svg()


def test_a_tone_is_given_by_day_and_where_it_differs_by_night():
    style = sheet(disc("accent", 0, 3), disc("wood", 0, 2)).svg()

    assert ".a{color:#1f5a51}.b{color:#b98155}" in style
    assert "@media(prefers-color-scheme:dark){.a{color:#79b8aa}}" in style


def test_a_sheet_of_a_fixed_hour_has_one_scheme():
    day, evening = (sheet(disc("accent", 0, 3)).svg(evening=late) for late in (False, True))

    assert "#1f5a51" in day and "#79b8aa" in evening
    assert "@media" not in day + evening


def test_a_line_is_drawn_and_not_filled():
    assert (
        '<path class="l a" stroke-width="2" d="M0 0H9"/>' in sheet(line("ink", 2, "M0 0H9")).svg()
    )


def test_shapes_are_moved_turned_and_mirrored_together():
    group = moved(3 + 4j, box("wall", 0, 1 + 1j), degrees=30, scale=2, mirrored=True)

    assert '<g transform="translate(3 4) rotate(30) scale(-2 2)">' in sheet(group).svg()


def test_what_has_a_name_is_drawn_again_by_it():
    svg = sheet(named("foot", disc("ink", 0, 1)), Again("foot")).svg()

    assert svg.count("<circle") == 1
    assert '<use href="#foot"/>' in svg
