from benchmarks.blocks import BLOCKS, blocks
from benchmarks.figures import Run
from benchmarks.telling import (
    DRAWING,
    KEPT,
    PAGE,
    README,
    drawing,
    in_short,
    joined,
    page_with,
    put,
    tables,
)
from tests.benchmarks.figuring import SMALL, figure, run

PEER = figure(
    workload="django-appointment: W1", yardstick="W1 here", ratios=[55.2], p50_ms=83.0, queries=None
)


def test_the_table_is_made_from_the_json_of_a_run(tmp_path):
    file = tmp_path / "run.json"
    file.write_text(
        run(figure(), figure(clients=8, ratios=[4.0], per_second=812.3), PEER).to_json()
    )

    text = tables(Run.read(file))

    assert (
        "| **W1** | SQLite | **3.0** x hello | 1.50, 2.00, 2.50 ms | 2.5 x, 2.1 ms | 2.9 x, 1.4 ms"
        " | **4.0** x hello | 1.50, 2.00, 2.50 ms | 812 | 800 | 3 |"
    ) in text.splitlines()
    assert f"| W1 | {SMALL} | SQLite | **55.2** x W1 here | 40 x | 83 ms |" in text.splitlines()
    assert "2 cores, of which other programs had 7% meanwhile" in text
    assert f"- {SMALL}, SQLite: 180 MB" in text.splitlines()
    assert "- one commit, SQLite: 0.20 ms" in text.splitlines()


def test_in_short_there_is_a_line_for_each_workload_with_the_peer_beside_it():
    assert in_short(run(figure(), PEER)).splitlines()[2:] == [
        "| one day, any therapist | 1.5 ms | 3.0 x hello | 55.2 x, 83 ms |",
        "",
        "Measured on 2026-08-03 with 2 cores, of which other programs had 7% meanwhile.",
    ]


def test_a_page_keeps_what_stands_around_the_figures():
    page = "before\n<!-- measured -->\nold\n<!-- end of measured -->\nafter\n"

    assert put(page, "new\n") == (
        "before\n<!-- measured -->\n\nnew\n\n<!-- end of measured -->\nafter\n"
    )


MACHINE = {"at": "2026-08-03T13:00+00:00", "cores": 2, "others": 0.07}
GROWN = {"W1": {"ratio": 1.04, "processor_ratio": 1.02, "p50_ms": 1.2}}
PARTS = {
    "races": {
        "machine": MACHINE,
        "found": {
            "SQLite": {
                "rounds": 8,
                "seconds": {"all rounds": {"median": 0.123, "slowest": 0.456}},
                "statuses": {"200": 3, "201": 7, "409": 390},
            }
        },
    },
    "growth": {
        "machine": MACHINE,
        "found": {name: {"SQLite": GROWN} for name in ("history", "branches", "50", "500")},
    },
    "loading": {
        "machine": MACHINE,
        "found": {"SQLite": {"loadstudio": {"passed": 54.2, "worked": 30.1, "peak_mb": 670.0}}},
    },
}


def test_each_part_that_was_measured_has_a_block_of_the_page():
    told = blocks(PARTS)

    assert told.keys() == BLOCKS.keys()
    assert "| all rounds | 0.12 | 0.46 |" in told["races"].splitlines()
    assert "Of 400 requests 7 were booked, 3 moved and 390 refused" in told["races"]
    for name in ("history", "branches", "therapists"):
        assert "| W1 | SQLite | 1.04 x | 1.02 x |" in told[name].splitlines()
    assert "| `loadstudio` | SQLite | 54.2 s | 60 s | 30.1 s | 670 MB |" in told["loading"]
    assert all("with 2 cores" in text for text in told.values())
    assert page_with(run(figure(), parts=PARTS), PAGE.read_text()) != PAGE.read_text()


def test_what_a_run_leaves_out_stays_as_an_earlier_one_has_found_it():
    earlier = run(figure(ratios=[2.0]), parts={"races": "earlier", "mail": "earlier"})

    alone = joined(run(parts={"races": "now"}), earlier)
    anew = joined(run(figure(ratios=[3.0])), earlier)

    assert (alone.figures, alone.parts) == (earlier.figures, {"races": "now", "mail": "earlier"})
    assert ([each.ratio for each in anew.figures], anew.parts) == ([3.0], earlier.parts)


def test_the_chart_says_in_words_what_it_draws():
    assert "<desc" in (drawn := drawing(run(figure(), PEER)))
    assert (
        "Hello, nothing else: 0.50 ms; W1: one day: 1.5 ms, 83 ms with django-appointment" in drawn
    )


def test_the_documents_say_what_was_measured_last():
    kept = Run.read(KEPT)

    assert page_with(kept, PAGE.read_text()) == PAGE.read_text()
    assert put(README.read_text(), in_short(kept)) == README.read_text()
    assert drawing(kept) == DRAWING.read_text()
