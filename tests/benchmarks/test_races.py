from benchmarks.races import ALL, slow


def found(median):
    return {"seconds": {ALL: {"median": median, "slowest": 9.0}}}


def test_a_median_round_that_takes_too_long_is_told():
    [line] = slow({"SQLite": found(0.5), "PostgreSQL": found(0.512)})

    assert line.startswith("races, PostgreSQL: 0.512 s") and "0.5 at most" in line
