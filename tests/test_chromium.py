def test_the_browser_shows_a_page_of_the_running_studio(browser, start_studio, live_database):
    with start_studio(live_database, WORKERS="1") as studio:
        page = browser.new_page()
        answer = page.goto(f"{studio.url}/admin/login/")
        assert answer.status == 200
        assert page.get_by_label("Username").is_visible()
        page.close()


def test_others_may_still_query_beside_the_browser(browser, db, django_user_model):
    assert django_user_model.objects.count() == 0
