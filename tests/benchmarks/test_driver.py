import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.driver import NEXT, Job, UnexpectedAnswer, carried_out
from benchmarks.workloads import request

ASKED: list[str] = []


class Forms(BaseHTTPRequestHandler):
    """Leads from the first form to the second, whose answer is the same."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        ASKED.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/second/")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    ASKED.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Forms) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def job(server, **told):
    units = [[request("POST", "/first/", "a=1"), request("POST", NEXT, "b=2")]] * 3
    return Job(server.server_port, units, **{"status": 302, **told})


def test_each_unit_is_sent_once_and_its_second_message_goes_where_the_first_led(server):
    sample = carried_out(job(server, clients=2))

    assert len(sample.times) == 3
    assert sorted(ASKED) == ["/first/"] * 3 + ["/second/"] * 3


def test_until_the_time_is_up_units_are_sent_again_and_again(server):
    assert len(carried_out(job(server, seconds=0.2)).times) > 3


def test_another_status_than_the_expected_one_is_shown(server):
    with pytest.raises(UnexpectedAnswer, match="302"):
        carried_out(job(server, status=200))
