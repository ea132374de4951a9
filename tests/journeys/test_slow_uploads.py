"""Do those who read go on reading while many slow uploads hang?"""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

SLOW = 40


def test_slow_uploads__do_not_keep_readers_waiting(server: str) -> None:
    where = urlsplit(server)
    assert where.port is not None
    head = (
        f"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1:{where.port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 1000000\r\n\r\n--x\r\n"
    )
    hanging = [socket.create_connection(("127.0.0.1", where.port), timeout=10) for _ in range(SLOW)]
    try:
        for connection in hanging:
            connection.sendall(head.encode())
        for address in ("/desk/", "/check/", "/help/", "/static/ui/desk.css"):
            reader = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
            reader.request("GET", address)
            answer = reader.getresponse()
            assert answer.status == 200
            answer.read()
            reader.close()
    finally:
        for connection in hanging:
            connection.close()
