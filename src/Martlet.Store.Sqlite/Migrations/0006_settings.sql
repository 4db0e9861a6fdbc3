-- How the server is set up: domains with their rules, aliases, settings, administrators with tokens, sessions of the web pages, and names of people.

ALTER TABLE domain ADD COLUMN state INTEGER NOT NULL DEFAULT 2;            -- 0 draft, 1 receive, 2 live, 3 disabled
ALTER TABLE domain ADD COLUMN catch_all TEXT;
ALTER TABLE domain ADD COLUMN separators TEXT NOT NULL DEFAULT '+';
ALTER TABLE domain ADD COLUMN case_sensitive INTEGER NOT NULL DEFAULT 0;
ALTER TABLE domain ADD COLUMN description TEXT NOT NULL DEFAULT '';

ALTER TABLE account ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN quota_warned INTEGER NOT NULL DEFAULT 0;    -- 0, 80 or 95: how full its owner was told it is

CREATE TABLE alias (
    address     TEXT NOT NULL PRIMARY KEY,
    members     TEXT NOT NULL,        -- addresses of accounts, one a line, sorted
    description TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE administrator (
    name            TEXT NOT NULL PRIMARY KEY,
    password_hash   TEXT NOT NULL,
    password_number INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE api_token (
    hash          TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    administrator TEXT NOT NULL,
    created       INTEGER NOT NULL,   -- seconds since 1970
    expires       INTEGER             -- the same; NULL for never
) WITHOUT ROWID;

CREATE TABLE web_session (
    id              TEXT NOT NULL PRIMARY KEY,
    account         INTEGER,          -- NULL: of an administrator
    administrator   TEXT,             -- NULL: of an account
    address         TEXT NOT NULL,
    password_number INTEGER NOT NULL,
    created         INTEGER NOT NULL, -- seconds since 1970
    expires         INTEGER NOT NULL,
    remote          TEXT NOT NULL,
    client          TEXT NOT NULL
) WITHOUT ROWID;
