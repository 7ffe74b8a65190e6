"""The journal's chain by an independent route: Python's sqlite3 and hashlib.

chain.py FILE.mien: prints how many events verify, as mien-project(5) has it.
"""
import hashlib
import sqlite3
import struct
import sys


def blake(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
chain = bytes.fromhex(
    db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()[0])
previous = blake(b"mien journal 1\n", chain)
count = 0
for row in db.execute(
        "SELECT hash, previous, kind, entry, session, mono_us, wall_us,"
        " media_us, commitment, salt, body FROM event"
        " LEFT JOIN payload ON event = seq ORDER BY seq"):
    kind, entry = row[2].encode(), row[3].encode()
    header = struct.pack("<5q", row[5], row[6], row[7], len(kind), len(entry))
    if row[10] is not None:
        assert blake(b"mien payload 1\n", row[9], row[10].encode()) == row[8]
    assert row[1] == previous
    previous = blake(b"mien event 1\n", previous, header, row[4], kind, entry,
                     row[8])
    assert row[0] == previous
    count += 1
print(count)
