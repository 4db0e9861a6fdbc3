"""The tasks of ClientTask.cs with Python's imaplib. Arguments: IMAP port, IMAPS port, SMTP port, certificate, message, user, password."""
import imaplib
import re
import smtplib
import ssl
import sys

imap_port, imaps_port, smtp_port = map(int, sys.argv[1:4])
certificate, message_path, user, password = sys.argv[4:8]
with open(message_path, "rb") as file:
    message = file.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
tls = ssl.create_default_context(cafile=certificate)
DATE = '"29-Feb-2020 10:00:00 +0100"'
GRUESSE = "Gr&APwA3w-e"  # "Grüße" in modified UTF-7
print("version", sys.version.split()[0])


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def ok(reply):
    """The data of a reply that must be OK."""
    check(reply[0] == "OK", reply)
    return reply[1]


def task(name, work=None, needs=None):
    try:
        if work is None:
            print(f"{name}: not offered by the client")
        elif needs and needs not in client.capabilities:
            print(f"{name}: not offered by the server")
        else:
            work()
            print(f"{name}: ok")
    except Exception as error:
        print(f"{name}: no: {type(error).__name__} {error!r}".replace("\n", " "))


def connected():
    """Another connection, logged in."""
    other = imaplib.IMAP4("localhost", imap_port)
    other.login(user, password)
    return other


def connect():
    global client
    client = imaplib.IMAP4_SSL("localhost", imaps_port, ssl_context=tls)
    check(client.noop()[0] == "OK", "noop")


def starttls():
    with imaplib.IMAP4("localhost", imap_port) as other:
        ok(other.starttls(tls))
        ok(other.login(user, password))


def login():
    with imaplib.IMAP4_SSL("localhost", imaps_port, ssl_context=tls) as other:
        try:
            other.login(user, "wrong")
        except imaplib.IMAP4.error as error:
            check(b"AUTHENTICATIONFAILED" in error.args[0], error)
        else:
            raise AssertionError("a wrong password is taken")
    ok(client.login(user, password))
    client.capabilities = tuple(ok(client.capability())[0].decode().upper().split())


def namespace():
    check(ok(client.namespace()) == [b'(("" "/")) NIL NIL'], "namespace")


def list_():
    lines = ok(client.list())
    for use in (rb"\Archive", rb"\Drafts", rb"\Junk", rb"\Sent", rb"\Trash"):
        check(any(use in line for line in lines), f"{use} in {lines}")


def mailboxes():
    ok(client.create(GRUESSE))
    ok(client.subscribe(GRUESSE))
    check(any(GRUESSE.encode() in line for line in ok(client.lsub())), "subscribed")
    ok(client.rename(GRUESSE, GRUESSE + "-2020"))
    check(any(b"-2020" in line for line in ok(client.list())), "renamed")
    ok(client.unsubscribe(GRUESSE))
    ok(client.delete(GRUESSE + "-2020"))
    check(not any(GRUESSE.encode() in line for line in ok(client.list())), "deleted")


def append():
    for uid in (1, 2, 3):
        check(f" {uid}]" in ok(client.append("INBOX", r"(\Flagged work)", DATE, message))[0].decode(), "APPENDUID")


def status():
    check(b"MESSAGES 3" in ok(client.status("INBOX", "(MESSAGES UIDNEXT UNSEEN)"))[0], "status")
    check(ok(client.select("INBOX")) == [b"3"], "select")


def fetch():
    data = ok(client.uid("FETCH", "1:3", "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)"))
    check(len(data) == 3, data)
    line = data[0] if isinstance(data[0], bytes) else data[0][0] + data[0][1]
    for part in (rb"\Flagged", b"work", b"29-Feb-2020", b"RFC822.SIZE %d" % len(message), b"cologne@example.org", b'"rhine.bin"', b'"octet-stream"'):
        check(part.lower() in line.lower(), f"{part} in {line}")


def body():
    check(ok(client.uid("FETCH", "2", "(BODY.PEEK[])"))[0][1] == message, "whole")
    check(ok(client.uid("FETCH", "2", "(BODY.PEEK[2])"))[0][1] == b"AAECAwQFBgcICQoLDA0ODw==\r\n", "part 2")
    check(b"limit" in ok(client.uid("FETCH", "2", "(BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)])"))[0][1], "header")


def found(*criteria, charset=None, literal=None):
    client.literal = literal
    return ok(client.uid("SEARCH", *(["CHARSET", charset] if charset else []), *criteria))[0].split()


def search():
    check(len(found("SUBJECT", charset="UTF-8", literal="KÖLN".encode())) == 3, "subject")
    check(len(found("SENTSINCE", "29-Feb-2020", "SINCE", "29-Feb-2020", "BEFORE", "1-Mar-2020")) == 3, "date")
    check(len(found("BODY", "Rhein")) == 3, "body")
    check(len(found("KEYWORD", "work")) == 3 and not found("KEYWORD", "play"), "keyword")


def flags(uid):
    return set(imaplib.ParseFlags(ok(client.uid("FETCH", uid, "(FLAGS)"))[0]))


def store():
    ok(client.uid("STORE", "1", "+FLAGS", r"(\Answered later)"))
    ok(client.uid("STORE", "1", "-FLAGS", r"(\Flagged work)"))
    check(flags("1") >= {rb"\Answered", b"later"} and not flags("1") & {rb"\Flagged", b"work"}, flags("1"))


def copy():
    ok(client.uid("COPY", "1", "Archive"))
    check(re.fullmatch(rb"\d+ 1 1", client.response("COPYUID")[1][0]), "COPYUID")
    check(b"MESSAGES 1" in ok(client.status("Archive", "(MESSAGES)"))[0], "Archive")


def move():
    ok(client.uid("MOVE", "2", "Archive"))
    check(found("ALL") == [b"1", b"3"], "INBOX")
    check(b"MESSAGES 2" in ok(client.status("Archive", "(MESSAGES)"))[0], "Archive")


def expunge():
    ok(client.uid("STORE", "3", "+FLAGS", r"(\Deleted)"))
    ok(client.uid("EXPUNGE", "3"))
    check(found("ALL") == [b"1"], "INBOX")


def highest_modseq():
    return int(re.search(rb"HIGHESTMODSEQ (\d+)", ok(client.status("INBOX", "(HIGHESTMODSEQ)"))[0]).group(1))


def condstore():
    with smtplib.SMTP("localhost", smtp_port) as smtp:
        smtp.sendmail("a@example.org", [user], message)
    before = highest_modseq()
    ok(client.uid("STORE", "1", "+FLAGS", "(seen-again)"))
    changed = ok(client.uid("FETCH", "1:*", "(FLAGS)", f"(CHANGEDSINCE {before})"))
    check(len(changed) == 1 and b"seen-again" in changed[0] and b"MODSEQ" in changed[0], changed)


def qresync():
    ok(client.append("INBOX", None, None, message))
    ok(client.select("INBOX"))
    validity = client.response("UIDVALIDITY")[1][0].decode()
    modseq = highest_modseq()
    ok(client.close())
    other = connected()
    ok(other.select("INBOX"))
    ok(other.uid("STORE", "1", "+FLAGS", "(meanwhile)"))
    ok(other.uid("STORE", "4", "+FLAGS", r"(\Deleted)"))
    ok(other.uid("EXPUNGE", "4"))
    other.logout()
    ok(client.enable("QRESYNC"))
    # The library sends the mailbox's name as it is given, so the parameters can go with it.
    ok(client.select(f"INBOX (QRESYNC ({validity} {modseq} 1:5))"))
    check(client.response("VANISHED")[1] == [b"(EARLIER) 4"], "vanished")
    changed = client.response("FETCH")[1]
    check(len(changed) == 1 and b"meanwhile" in changed[0], changed)


def quota():
    root, used = ok(client.getquotaroot("INBOX"))
    check(root and used and b"STORAGE" in used[0], (root, used))


def utf8():
    other = connected()
    ok(other.enable("UTF8=ACCEPT"))
    ok(other.create('"Köln & Umgebung"'))
    check(any("Köln & Umgebung".encode() in line for line in ok(other.list())), "UTF-8")
    check(any(b"K&APY-ln &- Umgebung" in line for line in ok(client.list())), "modified UTF-7")
    check(ok(other.select('"Köln & Umgebung"')) == [b"0"], "select")
    other.logout()


client = None
task("connect", connect)
task("starttls", starttls)
task("login", login)
task("id")
task("namespace", namespace)
task("list", list_)
task("mailboxes", mailboxes)
task("append", append)
task("status", status)
task("fetch", fetch)
task("body", body)
task("search", search)
task("store", store)
task("copy", copy)
task("move", move)
task("expunge", expunge)
task("idle")
task("condstore", condstore)
task("qresync", qresync)
task("compress")
task("notify")
task("quota", quota, needs="QUOTA")
task("metadata")
task("replace")
task("multiappend")
task("partial")
task("utf8", utf8)
client.logout()
