"""Reads a mailbox with Python's imaplib and prints UID, size and SHA-256 of each message: a second client's view of the same bytes."""
import hashlib
import imaplib
import re
import sys

imaplib._MAXLINE = 100_000_000
port, user, password, mailbox = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
with imaplib.IMAP4("127.0.0.1", port) as client:
    client.login(user, password)
    client.select(mailbox, readonly=True)
    _, found = client.uid("SEARCH", None, "ALL")
    uids = found[0].split()
    for start in range(0, len(uids), 200):
        _, data = client.uid("FETCH", b",".join(uids[start:start + 200]).decode(), "(BODY.PEEK[])")
        for part in data:
            if isinstance(part, tuple):
                uid = re.search(rb"UID (\d+)", part[0]).group(1).decode()
                print(uid, len(part[1]), hashlib.sha256(part[1]).hexdigest())
