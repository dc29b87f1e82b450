import sys

import studio.urls
from studio.memory import Memory
from tests.remembering import MEMORIES


def test_a_test_begins_with_every_memory_of_the_program_empty():
    assert studio.urls.urlpatterns  # leads to all that answers anybody

    ours = [
        module
        for name, module in sys.modules.items()
        if name.partition(".")[0] in ("bookings", "studio", "therapists")
    ]
    found = {each for one in ours for each in vars(one).values() if isinstance(each, Memory)}

    assert found == set(MEMORIES)
