"""Logs in once with imaplib or smtplib: PROTOCOL WAY TLS PORT CERTIFICATE MECHANISM USER PASSWORD KEY. What came of it, the server knows."""
import base64
import hashlib
import hmac
import imaplib
import os
import smtplib
import ssl
import sys

protocol, way, tls, port, certificate, mechanism, user, password, key = sys.argv[1:]
context = ssl.create_default_context(cafile=certificate)
context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2 if tls == "1.2" else ssl.TLSVersion.TLSv1_3
if key:
    context.load_cert_chain(key)


def connect():
    if protocol == "imap":
        if way == "tls":
            return imaplib.IMAP4_SSL("localhost", int(port), ssl_context=context)
        client = imaplib.IMAP4("localhost", int(port))
        client.starttls(context)
        return client
    if way == "tls":
        client = smtplib.SMTP_SSL("localhost", int(port), context=context)
    else:
        client = smtplib.SMTP("localhost", int(port))
        client.ehlo("client.example")
        client.starttls(context=context)
    client.ehlo("client.example")
    return client


def binding():
    """Header and data of the channel binding (RFC 5802 section 7)."""
    if not mechanism.endswith("-PLUS"):
        return b"n,,", b""
    if tls == "1.2":
        return b"p=tls-unique,,", client.sock.get_channel_binding("tls-unique")
    # The server's certificate is signed with SHA-256.
    return b"p=tls-server-end-point,,", hashlib.sha256(client.sock.getpeercert(binary_form=True)).digest()


class Scram:
    def __init__(self):
        self.hash = "sha256" if "256" in mechanism else "sha1"
        self.nonce = base64.b64encode(os.urandom(18))
        self.step = 0

    def digest(self, key, text):
        return hmac.new(key, text, self.hash).digest()

    def __call__(self, challenge=None):
        challenge = challenge or b""
        self.step += 1
        header, data = binding()
        bare = b"n=" + user.replace("=", "=3D").replace(",", "=2C").encode() + b",r=" + self.nonce
        if self.step == 1:
            return header + bare
        if self.step == 2:
            nonce, salt, count = (part[2:] for part in challenge.split(b",")[:3])
            assert nonce.startswith(self.nonce)
            salted = hashlib.pbkdf2_hmac(self.hash, password.encode(), base64.b64decode(salt), int(count))
            final = b"c=" + base64.b64encode(header + data) + b",r=" + nonce
            signed = bare + b"," + challenge + b"," + final
            client_key = self.digest(salted, b"Client Key")
            signature = self.digest(hashlib.new(self.hash, client_key).digest(), signed)
            proof = bytes(a ^ b for a, b in zip(client_key, signature))
            self.expected = b"v=" + base64.b64encode(self.digest(self.digest(salted, b"Server Key"), signed))
            return final + b",p=" + base64.b64encode(proof)
        assert challenge == self.expected, "the server has not proved itself"
        return b""


class Login:
    def __init__(self):
        self.answers = [user, password]

    def __call__(self, challenge=None):
        return self.answers.pop(0).encode()


def cram(challenge=None):
    return f"{user} {hmac.new(password.encode(), challenge, 'md5').hexdigest()}".encode()


answers = {
    "EXTERNAL": lambda: lambda challenge=None: user.encode(),
    "PLAIN": lambda: lambda challenge=None: f"\0{user}\0{password}".encode(),
    "LOGIN": Login,
    "CRAM-MD5": lambda: cram,
}
client = connect()
if mechanism != "KEY":
    answer = answers.get(mechanism, Scram)()
    if protocol == "imap":
        client.authenticate(mechanism, answer)
    else:
        wants_challenge = mechanism in ("LOGIN", "CRAM-MD5")
        # smtplib wants text, and asks without a challenge for what goes with the command.
        client.auth(mechanism, lambda challenge=None: None if wants_challenge and challenge is None else answer(challenge).decode(), initial_response_ok=not wants_challenge)
if protocol == "imap":
    print(client.state)
    client.logout()
else:
    print(client.mail(user))
    client.quit()
