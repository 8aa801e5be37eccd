"""An echo server of the kind that students write first, which can be told to misbehave by a count of its own.

    echo_server.py tcp|udp [FAULT EVERY]

FAULT is done to every EVERY-th datagram, or to every EVERY-th line of a tcp client: drop, double, swap (it changes
places with the one behind it), corrupt (its third byte), cut (it loses its second half), late (2.2 s), close.
Prints its port, then serves until its input ends.
"""

import os
import socket
import sys
import threading
import time


def end_with_input():
    sys.stdin.read()
    os._exit(0)


class Faulty:
    """Sends each message on, every so often wrongly."""

    def __init__(self, fault, every, send, close):
        self.fault, self.every, self.send, self.close = fault, every, send, close
        self.count = 0
        self.held = None

    def answer(self, message):
        self.count += 1
        if self.held is not None:
            self.send(message)
            self.send(self.held)
            self.held = None
        elif self.fault is None or self.count % self.every:
            self.send(message)
        elif self.fault == "double":
            self.send(message)
            self.send(message)
        elif self.fault == "swap":
            self.held = message
        elif self.fault == "corrupt":
            self.send(message[:2] + bytes([message[2] ^ 0x40]) + message[3:])
        elif self.fault == "cut":
            self.send(message[: len(message) // 2])
        elif self.fault == "late":
            threading.Thread(target=lambda: (time.sleep(2.2), self.send(message)), daemon=True).start()
        elif self.fault == "close":
            self.close()
        elif self.fault != "drop":
            raise SystemExit("no such fault: " + self.fault)


def serve_udp(fault, every):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        print(server.getsockname()[1], flush=True)
        clients = {}
        while True:
            data, client = server.recvfrom(65535)
            if client not in clients:
                clients[client] = Faulty(fault, every, lambda out, to=client: server.sendto(out, to), None)
            clients[client].answer(data)


def serve_tcp(fault, every):
    with socket.create_server(("127.0.0.1", 0), backlog=5) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve_client, args=(connection, fault, every), daemon=True).start()


def serve_client(connection, fault, every):
    with connection:
        if fault is None:
            while data := connection.recv(1024):
                connection.sendall(data)
            return
        faulty = Faulty(fault, every, connection.sendall, lambda: connection.shutdown(socket.SHUT_RDWR))
        for line in connection.makefile("rb"):
            faulty.answer(line)


if __name__ == "__main__":
    threading.Thread(target=end_with_input, daemon=True).start()
    serve = {"tcp": serve_tcp, "udp": serve_udp}[sys.argv[1]]
    serve(sys.argv[2] if len(sys.argv) > 2 else None, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
