"""UDP servers among themselves, in a network namespace that holds nothing else: what a packet under a false address brings about.

Its words are the command that starts the program; it prints what it found as JSON.
"""

import json
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.request

STRANGER = "10.9.9.1"


def main():
    # Not of 127.0.0.0/8: for the program a peer like any other.
    for command in ("ip link set lo up", f"ip addr add {STRANGER}/32 dev lo"):
        subprocess.run(command.split(), check=True)
    program = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
    try:
        link = re.search(r"http://\S+", next(line for line in program.stdout if "http://" in line)).group(0)
        rack = Rack(link)
        print(json.dumps({"guarded": guarded(rack), "muted": muted(rack), "chargen": chargen(rack)}))
    finally:
        program.kill()
        program.wait()


class Rack:
    def __init__(self, link):
        self.link = link + "api/v1/servers"

    def start(self, name, **spec):
        body = json.dumps({"name": name, "protocol": "udp", **spec}).encode()
        request = urllib.request.Request(self.link, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["status"]["port"]

    def counters(self, name):
        with urllib.request.urlopen(f"{self.link}/{name}") as answer:
            return json.load(answer)["status"]["counters"]

    def settled(self, *names):
        """Counters of these, once something came and nothing comes any more."""
        before = None
        while True:
            now = [self.counters(name) for name in names]
            if now == before and now[0]["messagesIn"] > 0:
                return dict(zip(names, now))
            before = now
            time.sleep(0.3)


def guarded(rack):
    one, other = rack.start("one"), rack.start("other")
    forge(other, one)
    return rack.settled("one", "other")


def muted(rack):
    """Without the guard against loops an echo is cut by what it sends back."""
    careful = rack.start("careful", limits={"loopGuard": False, "muteAfterEchoes": 32})
    careless = rack.start("careless", limits={"loopGuard": False})
    forge(careless, careful)
    return rack.settled("careful", "careless")


def chargen(rack):
    """Bytes to and from a peer that is not loopback, headers of IP and UDP counted."""
    port = rack.start("chargen", host="0.0.0.0", behavior={"type": "chargen"})
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.bind((STRANGER, 0))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    sent = received = worst = 0
    for _ in range(300):
        client.sendto(b"x", (STRANGER, port))
        sent += 28 + 1
        client.settimeout(0.005)
        try:
            while True:
                received += 28 + len(client.recv(65536))
        except TimeoutError:
            worst = max(worst, received / sent)
    return {"sent": sent, "received": received, "worst": worst}


def forge(source, target):
    """A datagram to one port of ours, as if it came from another."""
    payload = b"for ever"
    udp = struct.pack("!HHHH", source, target, 8 + len(payload), 0)
    home = socket.inet_aton("127.0.0.1")
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), 0, 0, 64, socket.IPPROTO_UDP, 0, home, home)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(head + udp + payload, ("127.0.0.1", 0))


main()
