def test_programs_may_read_all_but_what_is_private_or_endless(client, settings):
    settings.BASE_URL = "https://feet.example"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        "Disallow: /manage/",
        "Disallow: /your-booking/",
        "Disallow: /book/*?",
        "Disallow: /es/manage/",
        "Disallow: /es/your-booking/",
        "Disallow: /es/book/*?",
        "",
        "Sitemap: https://feet.example/sitemap.xml",
    ]


def test_it_is_sent_again_only_when_it_changed(client):
    first = client.get("/robots.txt")

    assert client.get("/robots.txt", headers={"If-None-Match": first["ETag"]}).status_code == 304
