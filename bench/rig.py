"""What the benchmarks share: programs to measure, Echorack among them, and the machine they run on."""

import atexit
import base64
import json
import os
import platform
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
BUILT = os.path.join(TOP, "target", "bench")

# A small rack: name and protocol.
SERVERS = [("one", "tcp"), ("two", "tcp"), ("three", "udp")]

# What was started is ended, however we end.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def compiled(name):
    """The C program of that name, built if its source is newer."""
    source, program = os.path.join(HERE, name + ".c"), os.path.join(BUILT, name)
    os.makedirs(BUILT, exist_ok=True)
    if not os.path.exists(program) or os.path.getmtime(program) < os.path.getmtime(source):
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", program, source], check=True)
    return program


def cpu_nanos(pid):
    """CPU time of a process, all its threads, from the kernel's own clock: clock_getcpuclockid(3)."""
    return time.clock_gettime_ns(~pid << 3 | 2)


class Program:
    """A program that runs until it is ended here, and whose first line is its port."""

    def __init__(self, *command, port=None):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        atexit.register(self.end)
        self.pid = self.process.pid
        self.port = port or int(self.process.stdout.readline())

    def end(self):
        atexit.unregister(self.end)
        self.process.terminate()
        self.process.wait()


class Echorack:
    """A running Echorack with a rack of its own, empty unless `data` is one that was there."""

    def __init__(self, top=TOP, data=None, transport="auto"):
        self.top = top
        self.made = None if data else tempfile.mkdtemp(prefix="echorack-bench-")
        settings = {"ECHORACK_PORT": "0", "ECHORACK_DATA": data or self.made, "ECHORACK_TRANSPORT": transport}
        began = time.monotonic()
        self.process = subprocess.Popen(
            [os.path.join(top, "echorack")],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **settings},
        )
        atexit.register(self.end)
        self.pid = self.process.pid  # the launcher becomes the program
        line = self.process.stdout.readline()
        link = re.search(r"http://\S+:(\d+)/", line)
        if not link:
            raise SystemExit(f"{top}/echorack does not start: {line}")
        self.link, self.port = link.group(0), int(link.group(1))
        self.get("")
        self.first_answer_seconds = time.monotonic() - began

    def get(self, path):
        with urllib.request.urlopen(self.link + path) as answer:
            return answer.read()

    def add(self, name, **spec):
        """Starts a server; gives back its port."""
        request = urllib.request.Request(
            self.link + "api/v1/servers",
            json.dumps({"name": name, **spec}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["status"]["port"]

    def events(self):
        """How many are in the log or were, and how many found no room on their way to it."""
        servers = json.loads(self.get("api/v1/servers"))["servers"]
        lost = sum(server["status"]["counters"]["eventsLost"] for server in servers)
        return json.loads(self.get("api/v1/events?limit=1"))["latestSeq"], lost

    def java_program(self):
        return os.readlink(f"/proc/{self.pid}/exe")

    def java_version(self):
        return json.loads(self.get("api/v1/info"))["java"]

    def end(self):
        atexit.unregister(self.end)
        self.process.terminate()
        self.process.wait()
        if self.made:
            shutil.rmtree(self.made, ignore_errors=True)


class WebSocket:
    """One end of a WebSocket (RFC 6455), a client's."""

    TEXT, PING, PONG = 1, 9, 10

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        self.socket.sendall((head + f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        while self.stream.readline().strip():
            pass

    def send(self, payload, kind=TEXT):
        # Masked, as a client's frames must be, with a mask that changes nothing.
        self.socket.sendall(bytes([0x80 | kind, 0x80 | 126]) + struct.pack("!HI", len(payload), 0) + payload)

    def frames(self):
        """Messages until the other end is gone, each whole (RFC 6455, section 5.4); pings are answered."""
        try:
            yield from self.messages()
        except (ConnectionError, ValueError):
            return  # gone in the middle of one

    def messages(self):
        parts = []
        while len(head := self.stream.read(2)) == 2:
            kind, length = head[0] & 0x0F, head[1] & 0x7F
            if length >= 126:
                length = int.from_bytes(self.stream.read(2 if length == 126 else 8), "big")
            payload = self.stream.read(length)
            if kind == self.PING:
                self.send(payload, self.PONG)
                continue
            parts.append(payload)
            if head[0] & 0x80:
                yield b"".join(parts)
                parts = []

    def end(self):
        self.socket.shutdown(socket.SHUT_RDWR)


class Viewer:
    """A viewer as the program sees one: a WebSocket that takes the events of all servers, 2,000 a second at most."""

    def __init__(self, echorack):
        self.events = 0
        self.line = WebSocket(echorack.port, "/api/v1/stream")
        self.line.send(json.dumps({"type": "subscribe", "filter": "", "afterSeq": None, "maxPerSecond": 2000}).encode())
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for payload in self.line.frames():
            if payload.startswith(b'{"type":"events"'):
                self.events += payload.count(b'"seq":')

    def end(self):
        self.line.end()
        self.reader.join()
        self.line.socket.close()


def machine(java):
    """One line about where the figures come from."""
    with open("/proc/cpuinfo") as cpus:
        model = re.search(r"model name\s*: (.*)", cpus.read())
    kind = model.group(1) if model else platform.machine()
    return f"{os.cpu_count()} cores ({kind}), Linux {platform.release().split('-')[0]}, Java {java}"


def table(head, rows):
    """A Markdown table; all columns but the first stand to the right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
