import re

import pytest
from django.conf import settings
from PIL import Image

from studio.drawing.film import captions, facts, motion, story
from studio.drawing.film.encoding import Chunk
from studio.drawing.film.mp4 import mp4
from studio.drawing.film.webm import webm

FOLDER = settings.BASE_DIR / "studio/static" / facts.FOLDER
PICTURES = [Chunk(b"first", key=True), Chunk(b"second", key=False), Chunk(b"third", key=True)]


def test_the_film_lasts_between_20_and_40_seconds():
    assert 20 <= facts.SECONDS <= 40


def test_all_of_the_film_is_under_2_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000


def test_the_folder_holds_the_film_its_poster_captions_and_stills():
    files = {path.name for path in FOLDER.iterdir()}

    assert files == {
        *(name for name, _ in facts.SOURCES),
        *(still.name for still in facts.stills()),
        facts.POSTER,
        "captions.en.vtt",
        "captions.es.vtt",
    }


@pytest.mark.parametrize(("name", "begins"), [("ashiatsu.webm", 0), ("ashiatsu.mp4", 4)])
def test_a_source_is_of_the_kind_it_says(name, begins):
    head = (FOLDER / name).read_bytes()[begins : begins + 4]

    assert head == {"ashiatsu.webm": b"\x1a\x45\xdf\xa3", "ashiatsu.mp4": b"ftyp"}[name]


def test_the_poster_is_as_large_as_the_film_and_light():
    with Image.open(FOLDER / facts.POSTER) as poster:
        assert poster.size == (facts.WIDTH, facts.HEIGHT)
    assert (FOLDER / facts.POSTER).stat().st_size < 60_000


@pytest.mark.parametrize("language", captions.LANGUAGES)
def test_the_caption_files_are_what_the_facts_say(language):
    assert (FOLDER / f"captions.{language}.vtt").read_text() == captions.webvtt(language)


def test_captions_follow_one_another_within_the_film():
    moments = [second for caption in facts.CAPTIONS for second in (caption.start, caption.end)]

    assert moments == sorted(moments)
    assert moments[0] >= 0 and moments[-1] <= facts.SECONDS


@pytest.mark.parametrize("language", captions.LANGUAGES)
def test_captions_are_slow_enough_to_read(language):
    for caption in facts.CAPTIONS:
        assert len(caption.words(language)) / (caption.end - caption.start) < 22


def test_a_caption_file_is_webvtt():
    head, *cues = captions.webvtt("es").strip().split("\n\n")

    assert head == "WEBVTT"
    assert len(cues) == len(facts.CAPTIONS)
    assert all(re.match(r"00:00:\d\d\.\d{3} --> 00:00:\d\d\.\d{3}\n\S", cue) for cue in cues)


def test_six_stills_tell_the_same_each_with_its_words():
    assert len(facts.stills()) == 6
    for still in facts.stills():
        assert still.caption.start <= still.second <= still.caption.end
        assert (FOLDER / still.name).read_text() == story.picture(still.second).svg()


def test_the_same_second_is_always_the_same_picture():
    assert story.frame(16.4) == story.frame(16.4) != story.frame(16.5)


def test_scenes_fade_into_one_another_without_a_gap():
    starts = [start for start, _ in story.SCENES]

    assert starts[0] == 0 and starts == sorted(starts)
    assert all(story.picture(moment / 2).drawn for moment in range(facts.SECONDS * 2))


def test_what_moves_begins_and_ends_slowly():
    assert motion.eased(0.9, 1, 2) == 0
    assert motion.eased(1.5, 1, 2) == 0.5
    assert motion.eased(2.1, 1, 2) == 1


def test_a_webm_points_to_the_cluster_of_each_key_picture():
    file = webm(PICTURES)

    segment = file.index(bytes.fromhex("18538067")) + 12
    places = [
        int.from_bytes(file[found.end() : found.end() + 8])
        for found in re.finditer(b"\xf1\x01\0\0\0\0\0\0\x08", file)
    ]
    clusters = [found.start() for found in re.finditer(bytes.fromhex("1f43b675"), file)]
    assert [segment + place for place in places] == clusters
    assert len(clusters) == 2


def test_an_mp4_points_to_its_first_picture():
    file = mp4(PICTURES, b"configuration")

    offset = file.index(b"stco") + 12
    first = int.from_bytes(file[offset : offset + 4])
    assert file[first:] == b"firstsecondthird"
