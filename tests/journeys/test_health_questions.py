"""A manager writes the health questions and signs them off, in a real browser."""

from playwright.sync_api import expect

from tests.journeys.accessibility import assert_accessible


def test_a_manager_writes_and_signs_the_first_version(desk, complaints):
    desk.get_by_role("link", name="Health questions").click()
    desk.get_by_role("button", name="Write the first version").click()
    expect(desk.get_by_text("Version 1 is a draft")).to_be_visible()

    desk.get_by_role("link", name="Add a question (Asked at booking)").click()
    date_part = desk.get_by_role("group", name="If it has a date")
    expect(date_part).to_be_hidden()
    desk.get_by_role("radio", name="yes with a date, no, not sure").check()
    expect(date_part).to_be_visible()
    desk.get_by_label("At most so many days before the session").first.fill("42")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Write the question.")).to_be_visible()
    expect(desk.get_by_text("Say what follows, or leave the days empty.")).to_be_visible()
    assert_accessible(desk, "the form of a question that does not fit")

    desk.get_by_label("Question", exact=True).fill("Have you had surgery?")
    first = desk.get_by_role("group", name="Row 1")
    first.get_by_label("What follows").select_option("unsuitable for barefoot work")
    desk.get_by_role("group", name="What follows").get_by_label("fine", exact=True).check()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Yes, longer ago: fine")).to_be_visible()
    assert_accessible(desk, "a draft")

    desk.get_by_role("link", name="See them as clients will").click()
    expect(desk.get_by_text("Preview of version 1")).to_be_visible()
    assert_accessible(desk, "the preview")
    desk.get_by_role("link", name="Back to the editor").click()

    desk.get_by_role("link", name="Sign off").click()
    expect(desk.get_by_label("Signed off by")).to_be_visible()
    assert_accessible(desk, "the page to sign off")
    desk.get_by_label("Signed off by").fill("Dr. Ada Moore")
    desk.get_by_role("button", name="Sign off version 1").click()
    expect(desk.get_by_text("In force, signed off by Dr. Ada Moore on 3 Aug 2026.")).to_be_visible()

    desk.get_by_role("button", name="Make a new version of it").click()
    desk.get_by_role("link", name="What changes").click()
    expect(desk.get_by_text("Nothing: the same questions")).to_be_visible()
    assert_accessible(desk, "what a version changes")
    # Chromium tells of every answer that is an error, such as the form that did not fit.
    assert [each for each in complaints if "422" not in each] == []
