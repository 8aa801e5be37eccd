"""Sends a datagram to a port and prints the TTL and TOS of the answer's packet (ip(7))."""

import socket
import sys

IP_RECVTTL = 12  # on Linux; Python has no name for it

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(10)
client.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
client.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
client.sendto(b"hola", ("127.0.0.1", int(sys.argv[1])))
_, told, _, _ = client.recvmsg(100, 256)
values = {kind: data[0] for level, kind, data in told if level == socket.IPPROTO_IP}
print(values[socket.IP_TTL], values[socket.IP_TOS])
