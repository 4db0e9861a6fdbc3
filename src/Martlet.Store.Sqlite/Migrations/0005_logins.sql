-- History of logins: one row for all attempts that are alike, with a count.

CREATE TABLE login (
    account   INTEGER NOT NULL,       -- 0: of no account
    key       BLOB NOT NULL,          -- hash of all columns but times and count
    success   INTEGER NOT NULL,
    first     INTEGER NOT NULL,       -- Unix milliseconds
    last      INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    address   TEXT NOT NULL,
    remote    TEXT NOT NULL,
    mechanism TEXT NOT NULL,
    protocol  TEXT NOT NULL,
    tls       TEXT NOT NULL,
    pubkey    TEXT NOT NULL,
    client    TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    PRIMARY KEY (account, key)
) WITHOUT ROWID;
CREATE INDEX login_newest ON login (account, success, last);
CREATE INDEX login_oldest ON login (last);
