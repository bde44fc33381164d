"""Sends SYNs from random addresses and ports at a steady rate, each a flow of its own.

syn_source.py INTERFACE PACKETS PER_SECOND: Ethernet frames to nobody's address, so that whoever captures sees them and
no network stack answers. The same ones each time. Checksums are left out.
"""

import random
import socket
import struct
import sys
import time

SOURCE_ADDRESS, SOURCE_PORT, SEQUENCE = 26, 34, 38

interface, packets, per_second = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
frame = bytearray.fromhex(
    "020000000002 020000000001 0800"
    "4500 0028 0000 4000 40 06 0000 00000000 0a4d0202"
    "0000 01bb 00000000 00000000 50 02 faf0 0000 0000"
)
source = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
source.bind((interface, 0))
bits = random.Random(1).getrandbits
start = time.monotonic()
sent = 0
while sent < packets:
    due = min(packets, int((time.monotonic() - start) * per_second))
    while sent < due:
        struct.pack_into("!I", frame, SOURCE_ADDRESS, bits(32))
        struct.pack_into("!H", frame, SOURCE_PORT, bits(16))
        struct.pack_into("!I", frame, SEQUENCE, bits(32))
        try:
            source.send(frame)
        except OSError:  # no buffer space: not sent, so it is tried again
            break
        sent += 1
    time.sleep(0.001)
print(sent)
