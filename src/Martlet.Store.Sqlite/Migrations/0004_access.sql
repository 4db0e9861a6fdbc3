-- Who gets in: secrets for mechanisms that do not send the password, disabled accounts, and TLS client keys.

ALTER TABLE account ADD COLUMN secrets TEXT NOT NULL DEFAULT '';           -- one a line
ALTER TABLE account ADD COLUMN password_number INTEGER NOT NULL DEFAULT 1; -- another one after each change
ALTER TABLE account ADD COLUMN disabled_text TEXT;                         -- what is said instead of letting in

CREATE TABLE login_key (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    account     INTEGER NOT NULL,
    address     TEXT NOT NULL,
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    preauth     INTEGER NOT NULL,
    added       INTEGER NOT NULL      -- seconds since 1970
) WITHOUT ROWID;
