namespace Martlet.SystemTests.Clients;

/// <summary>Something that each client is asked to do.</summary>
/// <param name="Name">As the programs print it.</param>
/// <param name="What">What must come of it, for the page.</param>
internal sealed record ClientTask(string Name, string What)
{
    /// <summary>All tasks, in the order in which they are done.</summary>
    public static readonly ClientTask[] All =
    [
        new("connect", "TLS from the first byte, with the server's certificate checked"),
        new("starttls", "the same, by STARTTLS"),
        new("login", "with the right password, and not with a wrong one"),
        new("id", "the server's name (ID)"),
        new("namespace", "one personal namespace, `/` between levels"),
        new("list", "the mailboxes with their special uses"),
        new("mailboxes", "create, subscribe, rename, unsubscribe and delete, with a name outside ASCII"),
        new("append", "three messages; with flags, a keyword and a date, and their UIDs told, where the client can"),
        new("status", "counts of a mailbox without opening it, then with opening it"),
        new("fetch", "flags, date, size, envelope and structure"),
        new("body", "a message byte for byte, and one of its parts"),
        new("search", "by a subject outside ASCII, by date, by text of the body, by keyword"),
        new("store", "system flags and keywords, set and cleared"),
        new("copy", "a copy in another mailbox; its UID is told where the client can tell"),
        new("move", "gone here, there in the other mailbox"),
        new("expunge", "one message, by UID"),
        new("idle", "mail that another connection delivers by SMTP is told meanwhile (IDLE)"),
        new("condstore", "only what changed since a modseq (CONDSTORE)"),
        new("qresync", "opening a mailbox tells what changed and what vanished since (QRESYNC)"),
        new("compress", "the connection is compressed from here on (COMPRESS)"),
        new("notify", "a message in a mailbox that is not open is told (NOTIFY)"),
        new("quota", "the quota of a mailbox and what is used of it (QUOTA)"),
        new("metadata", "an annotation of a mailbox, written and read (METADATA)"),
        new("replace", "a message takes the place of another (REPLACE)"),
        new("multiappend", "two messages in one command, both or none (MULTIAPPEND)"),
        new("partial", "a search and a fetch page by page (PARTIAL)"),
        new("utf8", "names and addresses without encoding (UTF8=ACCEPT)"),
    ];
}
