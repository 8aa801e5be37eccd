"""Echo servers as a course on sockets writes them.

    python_echo.py threads     TCP, one thread a connection
    python_echo.py selectors   TCP, one thread and a selector
    python_echo.py udp         recvfrom and sendto

Listens on a free port of 127.0.0.1, prints it, and runs until it is ended.
"""

import contextlib
import selectors
import socket
import sys
import threading

READ = 65536


def listener():
    server = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(server.getsockname()[1], flush=True)
    return server


def serve(connection):
    with connection, contextlib.suppress(ConnectionError):
        while received := connection.recv(READ):
            connection.sendall(received)


def threads():
    server = listener()
    while True:
        connection, _ = server.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def admit(server, selector):
    connection, _ = server.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    selector.register(connection, selectors.EVENT_READ, answer)


def answer(connection, selector):
    try:
        if received := connection.recv(READ):
            connection.sendall(received)
            return
    except ConnectionError:
        pass
    selector.unregister(connection)
    connection.close()


def one_thread():
    selector = selectors.DefaultSelector()
    selector.register(listener(), selectors.EVENT_READ, admit)
    while True:
        for key, _ in selector.select():
            key.data(key.fileobj, selector)


def udp():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        received, peer = server.recvfrom(READ)
        server.sendto(received, peer)


if __name__ == "__main__":
    {"threads": threads, "selectors": one_thread, "udp": udp}[sys.argv[1]]()
