namespace Martlet.Store.Consistency;

/// <summary>One thing that is always true of a sound store.</summary>
/// <param name="Name">Short name, for messages and the manual.</param>
/// <param name="Claim">The claim as a sentence.</param>
public sealed record StoreInvariant(string Name, string Claim)
{
    /// <summary>Database.</summary>
    public static readonly StoreInvariant Engine = new("database", "The database's own check finds nothing wrong and all of it can be read.");

    /// <summary>Owners.</summary>
    public static readonly StoreInvariant Owners = new("owners", "Every row belongs to an account and a mailbox that exist.");

    /// <summary>Account numbers.</summary>
    public static readonly StoreInvariant AccountNumbers = new("account-numbers", "Every account number is below the next one to be given out.");

    /// <summary>Addresses.</summary>
    public static readonly StoreInvariant Addresses = new("addresses", "Every address belongs to an account that exists, in a domain that exists; every login key to an account that exists.");

    /// <summary>Targets.</summary>
    public static readonly StoreInvariant Targets = new(
        "targets", "Members of aliases are addresses of accounts, catch-alls and the postmaster addresses that are there, and no alias has the address of an account.");

    /// <summary>Sessions.</summary>
    public static readonly StoreInvariant Sessions = new("sessions", "Every web session belongs to an account or administrator that exists, every token to an administrator.");

    /// <summary>Account counters.</summary>
    public static readonly StoreInvariant AccountCounters = new("account-counters", "Bytes and messages of an account are the sums over its mailboxes.");

    /// <summary>Mailbox counters.</summary>
    public static readonly StoreInvariant MailboxCounters = new(
        "mailbox-counters", "Messages, unseen, deleted, bytes and deleted bytes of a mailbox are the sums over its messages.");

    /// <summary>Mailbox numbers.</summary>
    public static readonly StoreInvariant MailboxNumbers = new("mailbox-numbers", "Every mailbox number is below the account's next one.");

    /// <summary>Mailbox names.</summary>
    public static readonly StoreInvariant MailboxNames = new("mailbox-names", "Mailbox names are normalized and no two are the same.");

    /// <summary>Tree.</summary>
    public static readonly StoreInvariant MailboxTree = new("mailbox-tree", "INBOX is there, and above every mailbox the one that its name asks for.");

    /// <summary>Special use.</summary>
    public static readonly StoreInvariant SpecialUses = new("special-uses", "An account has each special use at most once.");

    /// <summary>UIDVALIDITY.</summary>
    public static readonly StoreInvariant UidValidities = new("uidvalidities", "No two mailboxes of an account share a UIDVALIDITY, and all are below the next one.");

    /// <summary>UIDs.</summary>
    public static readonly StoreInvariant Uids = new("uids", "Every UID, present or expunged, is above 0 and below the mailbox's UIDNEXT.");

    /// <summary>Expunged.</summary>
    public static readonly StoreInvariant Expunged = new("expunged", "No message is there that has been expunged.");

    /// <summary>Modseqs.</summary>
    public static readonly StoreInvariant ModSeqs = new("modseqs", "No modseq is above the account's, and a message did not change before it came.");

    /// <summary>Mailbox modseq.</summary>
    public static readonly StoreInvariant MailboxModSeqs = new("mailbox-modseqs", "A mailbox's modseq is at least that of each message in it, each expunge from it and each annotation.");

    /// <summary>Modseqs of flags.</summary>
    public static readonly StoreInvariant FlagModSeqs = new(
        "flag-modseqs", "A mailbox's modseq of the last flag change is at least that of each message that changed after it came, and not above the mailbox's.");

    /// <summary>Tombstones.</summary>
    public static readonly StoreInvariant Tombstones = new("tombstones", "A mailbox counts the tombstones it has, and none is as old as what it has forgotten.");

    /// <summary>Snapshots.</summary>
    public static readonly StoreInvariant Snapshots = new("snapshots", "A snapshot that would be used gives, brought up to date, the messages of its mailbox.");

    /// <summary>Keywords.</summary>
    public static readonly StoreInvariant Keywords = new("keywords", "Keyword sets name keywords that exist, ascending, and messages have sets that exist.");

    /// <summary>Subscriptions.</summary>
    public static readonly StoreInvariant Subscriptions = new("subscriptions", "Subscribed names are normalized.");

    /// <summary>Annotations.</summary>
    public static readonly StoreInvariant Annotations = new("annotations", "Names of annotations are normalized, and none is the special use, which the mailbox has.");

    /// <summary>Logins.</summary>
    public static readonly StoreInvariant Logins = new("logins", "Every entry of the history of logins has the key of what it says, a count, and a first time not after its last.");

    /// <summary>Email numbers.</summary>
    public static readonly StoreInvariant EmailNumbers = new("email-numbers", "Every email number is below the account's next one.");

    /// <summary>Emails.</summary>
    public static readonly StoreInvariant Emails = new("emails", "The email of every message is there.");

    /// <summary>References.</summary>
    public static readonly StoreInvariant References = new("references", "An email counts as many references as messages have it.");

    /// <summary>Sizes.</summary>
    public static readonly StoreInvariant Sizes = new("sizes", "The size of a message is the length of its stored bytes.");

    /// <summary>Structures.</summary>
    public static readonly StoreInvariant Structures = new("structures", "The stored structure of an email can be read and covers exactly its bytes.");

    /// <summary>Places.</summary>
    public static readonly StoreInvariant Places = new("places", "The bytes of every email lie inside a file that is there.");

    /// <summary>Checksums.</summary>
    public static readonly StoreInvariant Checksums = new("checksums", "The bytes of every email are its own and have the right checksum.");

    /// <summary>Segment lengths.</summary>
    public static readonly StoreInvariant SegmentLengths = new("segment-lengths", "No segment's file is shorter than what was committed to it, and every segment's file is known.");

    /// <summary>Segment figures.</summary>
    public static readonly StoreInvariant SegmentFigures = new("segment-figures", "A segment's live bytes are the sum over the emails in it, and all of them lie below its committed end.");

    /// <summary>Large files.</summary>
    public static readonly StoreInvariant LargeFiles = new("large-files", "Every file of a large message belongs to an email.");

    /// <summary>Memory.</summary>
    public static readonly StoreInvariant Memory = new("memory", "What the running server holds in memory is what is stored.");

    /// <summary>The table of all invariants; each has a test that breaks it.</summary>
    public static IReadOnlyList<StoreInvariant> All { get; } =
    [
        Engine, Owners, AccountNumbers, Addresses, Targets, Sessions, AccountCounters, MailboxCounters, MailboxNumbers, MailboxNames, MailboxTree, SpecialUses, UidValidities, Uids,
        Expunged, ModSeqs, MailboxModSeqs, FlagModSeqs, Tombstones, Snapshots, Keywords, Subscriptions, Annotations, Logins, EmailNumbers, Emails, References, Sizes,
        Structures, Places, Checksums, SegmentLengths, SegmentFigures, LargeFiles, Memory,
    ];
}
