-- The embedded store, first version. Every key starts with the account, so that one account can be exported, moved or removed by ranges.

-- Numbers that must never be given out twice, and the store's own facts.
CREATE TABLE info (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO info (name, value) VALUES ('next_account', 1);

CREATE TABLE domain (
    name TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE account (
    account          INTEGER PRIMARY KEY,
    name             TEXT NOT NULL,
    password_hash    TEXT,
    modseq           INTEGER NOT NULL,
    next_email       INTEGER NOT NULL,
    next_mailbox     INTEGER NOT NULL,
    next_uidvalidity INTEGER NOT NULL,
    bytes            INTEGER NOT NULL,
    messages         INTEGER NOT NULL,
    quota_bytes      INTEGER NOT NULL,
    quota_messages   INTEGER NOT NULL
);

CREATE TABLE address (
    address TEXT NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE mailbox (
    account       INTEGER NOT NULL,
    mailbox       INTEGER NOT NULL,
    name          TEXT NOT NULL,
    use           INTEGER NOT NULL,
    uidvalidity   INTEGER NOT NULL,
    uidnext       INTEGER NOT NULL,
    modseq        INTEGER NOT NULL,
    created       INTEGER NOT NULL,   -- modseq
    messages      INTEGER NOT NULL,
    unseen        INTEGER NOT NULL,
    deleted       INTEGER NOT NULL,
    bytes         INTEGER NOT NULL,
    deleted_bytes INTEGER NOT NULL,
    forgotten     INTEGER NOT NULL,   -- modseq up to which tombstones may be gone
    PRIMARY KEY (account, mailbox)
) WITHOUT ROWID;

CREATE TABLE subscription (
    account INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE keyword (
    account INTEGER NOT NULL,
    keyword INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (account, keyword)
) WITHOUT ROWID;

CREATE TABLE keyword_set (
    account INTEGER NOT NULL,
    kwset   INTEGER NOT NULL,
    members BLOB NOT NULL,            -- ascending keyword numbers, 4 bytes each, little endian
    PRIMARY KEY (account, kwset)
) WITHOUT ROWID;

-- Narrow and hot: loading a mailbox reads it, a flag change writes it.
CREATE TABLE message (
    account  INTEGER NOT NULL,
    mailbox  INTEGER NOT NULL,
    uid      INTEGER NOT NULL,
    email    INTEGER NOT NULL,
    modseq   INTEGER NOT NULL,
    created  INTEGER NOT NULL,        -- modseq at which it came
    flags    INTEGER NOT NULL,
    kwset    INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    received INTEGER NOT NULL,        -- Unix seconds
    zone     INTEGER NOT NULL,        -- minutes east
    saved    INTEGER NOT NULL,        -- Unix seconds
    PRIMARY KEY (account, mailbox, uid)
) WITHOUT ROWID;

-- Wide and written once. id is account << 36 | email number.
CREATE TABLE email (
    id     INTEGER PRIMARY KEY,
    refs   INTEGER NOT NULL,
    kind   INTEGER NOT NULL,          -- 0 segment, 1 own file
    file   INTEGER NOT NULL,
    off    INTEGER NOT NULL,
    len    INTEGER NOT NULL,
    meta   BLOB NOT NULL
);
CREATE INDEX email_dead ON email (id) WHERE refs = 0;
CREATE INDEX email_large ON email (file) WHERE kind = 1;

-- Tombstones for clients that come back (RFC 7162).
CREATE TABLE expunged (
    account INTEGER NOT NULL,
    mailbox INTEGER NOT NULL,
    modseq  INTEGER NOT NULL,
    uid     INTEGER NOT NULL,
    email   INTEGER NOT NULL,
    PRIMARY KEY (account, mailbox, modseq, uid)
) WITHOUT ROWID;

CREATE TABLE segment (
    seg     INTEGER PRIMARY KEY,
    written INTEGER NOT NULL,         -- bytes of committed records: where the file ends
    live    INTEGER NOT NULL          -- bytes of records some email refers to
);
