-- Annotations of mailboxes and accounts (RFC 5464), and IMAP capabilities hidden from the clients of an account.

ALTER TABLE account ADD COLUMN hidden_capabilities TEXT NOT NULL DEFAULT '';   -- names with a space between

-- With row numbers: values may be large, and loading an account reads all names and no value.
CREATE TABLE annotation (
    account INTEGER NOT NULL,
    mailbox INTEGER NOT NULL,         -- 0: of the account itself
    name    TEXT NOT NULL,            -- lower case
    modseq  INTEGER NOT NULL,
    value   BLOB NOT NULL,
    PRIMARY KEY (account, mailbox, name)
);
