-- Large mailboxes: changes to many messages as one record, and columns ready to be loaded.

-- modseq of the last change of flags, and the number of rows in expunged.
ALTER TABLE mailbox ADD COLUMN flags_changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailbox ADD COLUMN tombstones INTEGER NOT NULL DEFAULT 0;
UPDATE mailbox SET flags_changed = modseq, tombstones =
    (SELECT count(*) FROM expunged WHERE expunged.account = mailbox.account AND expunged.mailbox = mailbox.mailbox);

-- Flags, keyword sets and modseqs that are newer than those in message, until they are folded into it. A message has what has the highest modseq.
CREATE TABLE flag_log (
    account  INTEGER NOT NULL,
    mailbox  INTEGER NOT NULL,
    modseq   INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    first    INTEGER NOT NULL,        -- lowest and highest UID
    last     INTEGER NOT NULL,
    changes  BLOB NOT NULL,           -- FlagRecord
    PRIMARY KEY (account, mailbox, modseq)
);

-- A cache: the messages of a mailbox as columns, as they were at a modseq. May be emptied at any time.
CREATE TABLE snapshot (
    account INTEGER NOT NULL,
    mailbox INTEGER NOT NULL,
    modseq  INTEGER NOT NULL,
    uidnext INTEGER NOT NULL,         -- messages from here on came later
    parts   INTEGER NOT NULL,
    PRIMARY KEY (account, mailbox)
) WITHOUT ROWID;

CREATE TABLE snapshot_part (
    account  INTEGER NOT NULL,
    mailbox  INTEGER NOT NULL,
    modseq   INTEGER NOT NULL,
    part     INTEGER NOT NULL,
    checksum INTEGER NOT NULL,        -- xxh64 of columns
    columns  BLOB NOT NULL,
    PRIMARY KEY (account, mailbox, modseq, part)
);
