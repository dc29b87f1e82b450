from benchmarks.figures import Run
from benchmarks.telling import DRAWING, KEPT, PAGE, README, drawing, in_short, put, tables
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
    page = "before\n<!-- measured -->\nold\n<!-- end of what was measured -->\nafter\n"

    assert put(page, "new\n") == (
        "before\n<!-- measured -->\n\nnew\n\n<!-- end of what was measured -->\nafter\n"
    )


def test_the_chart_says_in_words_what_it_draws():
    assert "<desc" in (drawn := drawing(run(figure(), PEER)))
    assert (
        "Hello, nothing else: 0.50 ms; W1: one day: 1.5 ms, 83 ms with django-appointment" in drawn
    )


def test_the_documents_say_what_was_measured_last():
    kept = Run.read(KEPT)

    assert put(PAGE.read_text(), tables(kept)) == PAGE.read_text()
    assert put(README.read_text(), in_short(kept)) == README.read_text()
    assert drawing(kept) == DRAWING.read_text()
