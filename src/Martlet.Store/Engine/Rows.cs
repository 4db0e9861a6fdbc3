using System.Collections.Immutable;
using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>An account as it is stored.</summary>
public sealed record AccountRow
{
    /// <summary>Number.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Name: the address it was made with.</summary>
    public required string Name { get; init; }

    /// <summary>Password, secrets, and whether logins are refused.</summary>
    public AccountAccess Access { get; init; } = AccountAccess.None;

    /// <summary>Last modseq given out.</summary>
    public required ModSeq ModSeq { get; init; }

    /// <summary>Next email number.</summary>
    public required EmailId NextEmail { get; init; }

    /// <summary>Next mailbox number.</summary>
    public required MailboxId NextMailbox { get; init; }

    /// <summary>Next UIDVALIDITY.</summary>
    public required UidValidity NextUidValidity { get; init; }

    /// <summary>Bytes of all messages in all mailboxes.</summary>
    public long Bytes { get; init; }

    /// <summary>Messages in all mailboxes.</summary>
    public long Messages { get; init; }

    /// <summary>Limit for <see cref="Bytes"/>; 0 is the server's default, <see cref="QuotaLimits.None"/> is none.</summary>
    public long QuotaBytes { get; init; }

    /// <summary>Limit for <see cref="Messages"/>; 0 is the server's default, <see cref="QuotaLimits.None"/> is none.</summary>
    public long QuotaMessages { get; init; }

    /// <summary>IMAP capabilities that are not announced to the account's clients: names with a space between, sorted, each once.</summary>
    public string HiddenCapabilities { get; init; } = "";

    /// <summary>Name of the person, for people; may be empty.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>How full the account was when its owner was last told: 0, 80 or 95 per cent of a limit.</summary>
    public int QuotaWarned { get; init; }
}

/// <summary>A mailbox as it is stored.</summary>
public sealed record MailboxRow(AccountId Account, MailboxId Id, MailboxInfo Info);

/// <summary>A message put into a mailbox.</summary>
public readonly record struct NewMessageRow(AccountId Account, MailboxId Mailbox, ModSeq Created, MessageRow Message);

/// <summary>New flags, keywords and modseq of a message.</summary>
public readonly record struct FlagRow(AccountId Account, MailboxId Mailbox, Uid Uid, ModSeq ModSeq, MessageFlags Flags, KeywordSetId Keywords);

/// <summary>A message taken out of a mailbox; the row also becomes the tombstone of RFC 7162.</summary>
public readonly record struct ExpungeRow(AccountId Account, MailboxId Mailbox, Uid Uid, ModSeq ModSeq, EmailId Email);

/// <summary>What is kept of an expunged message.</summary>
public readonly record struct Tombstone(Uid Uid, ModSeq ModSeq);

/// <summary>Tombstones of a mailbox up to this modseq are to be forgotten.</summary>
public readonly record struct ForgottenRow(AccountId Account, MailboxId Mailbox, ModSeq UpTo);

/// <summary>What was expunged from a mailbox.</summary>
/// <param name="Uids">UIDs, ascending.</param>
/// <param name="Forgotten">What was expunged up to here may be missing.</param>
public readonly record struct ExpungedUids(IReadOnlyList<Uid> Uids, ModSeq Forgotten);

/// <summary>The oldest tombstones of a mailbox: all up to a modseq, and how many these are; 0 when there are not so many as asked for.</summary>
public readonly record struct OldTombstones(ModSeq UpTo, int Count);

/// <summary>Keyword sets that messages of an account have, and the account's modseq at that moment.</summary>
public readonly record struct KeywordUse(IReadOnlySet<KeywordSetId> Sets, ModSeq ModSeq);

/// <summary>Part of a mailbox's snapshot.</summary>
/// <param name="Account">Account.</param>
/// <param name="Mailbox">Mailbox.</param>
/// <param name="ModSeq">Modseq of the snapshot.</param>
/// <param name="Part">Its place, from 0.</param>
/// <param name="Columns">Bytes to be given back.</param>
public readonly record struct SnapshotPartRow(AccountId Account, MailboxId Mailbox, ModSeq ModSeq, int Part, ReadOnlyMemory<byte> Columns);

/// <summary>A snapshot whose parts are all written: from now on it is the mailbox's only one.</summary>
/// <param name="Account">Account.</param>
/// <param name="Mailbox">Mailbox.</param>
/// <param name="ModSeq">Everything up to this modseq is in it.</param>
/// <param name="UidNext">UIDs from here on are not in it.</param>
/// <param name="Parts">How many; 0 removes all of the mailbox's.</param>
public readonly record struct SnapshotRow(AccountId Account, MailboxId Mailbox, ModSeq ModSeq, Uid UidNext, int Parts);

/// <summary>The structure of an email, read anew from its bytes.</summary>
public readonly record struct StructureRow(AccountId Account, EmailId Email, ReadOnlyMemory<byte> Meta);

/// <summary>An email: where its bytes are and what was read from them. Starts with one reference.</summary>
public readonly record struct EmailRow(AccountId Account, EmailId Email, BlobRef Blob, ReadOnlyMemory<byte> Meta);

/// <summary>A change of the number of messages that share an email.</summary>
public readonly record struct ReferenceRow(AccountId Account, EmailId Email, int Change);

/// <summary>An email nobody refers to any more.</summary>
public readonly record struct DeadEmailRow(AccountId Account, EmailId Email, BlobRef Blob);

/// <summary>New place of an email's bytes.</summary>
public readonly record struct MovedBlobRow(AccountId Account, EmailId Email, BlobRef Blob);

/// <summary>A keyword and its number; no name removes it.</summary>
public readonly record struct KeywordRow(AccountId Account, int Keyword, string? Name);

/// <summary>A set of keywords and its number; default members remove it.</summary>
public readonly record struct KeywordSetRow(AccountId Account, KeywordSetId Set, ImmutableArray<int> Members);

/// <summary>An annotation set, or removed when there is no value.</summary>
/// <param name="Account">Account.</param>
/// <param name="Owner">Mailbox, or <see cref="AnnotationTable.Server"/>.</param>
/// <param name="Name">Normalized name.</param>
/// <param name="ModSeq">Modseq of the change.</param>
/// <param name="Value">Value.</param>
public readonly record struct AnnotationRow(AccountId Account, MailboxId Owner, string Name, ModSeq ModSeq, byte[]? Value);

/// <summary>An annotation as it is stored, without its value.</summary>
public readonly record struct StoredAnnotation(MailboxId Owner, string Name, Annotation Annotation);

/// <summary>Logins to be counted: a new row, or more of one that is there.</summary>
/// <param name="Key">Of the entry.</param>
/// <param name="Entry">Its count is added, its last time replaces an earlier one.</param>
public readonly record struct LoginRow(byte[] Key, LoginEntry Entry);

/// <summary>Only the newest of an account's logins that ended so are to be kept.</summary>
public readonly record struct LoginBoundRow(AccountId Account, bool IsSuccess, int Most);

/// <summary>Logins whose last time is before this are to be forgotten, at most so many.</summary>
public readonly record struct ForgottenLoginsRow(DateTimeOffset Before, int AtMost);

/// <summary>A subscription made or ended.</summary>
public readonly record struct SubscriptionRow(AccountId Account, string Name, bool IsSubscribed);

/// <summary>An address and its account; no account removes it.</summary>
public readonly record struct AddressRow(string Address, AccountId? Account);

/// <summary>A key that logs in; no key removes the one of that fingerprint.</summary>
public readonly record struct LoginKeyRow(string Fingerprint, LoginKey? Key);

/// <summary>A domain; none removes it.</summary>
public readonly record struct DomainRow(string Name, DomainEntry? Entry);

/// <summary>An alias; none removes it.</summary>
public readonly record struct AliasRow(string Address, AliasEntry? Alias);

/// <summary>An administrator; none removes the one of that name.</summary>
public readonly record struct AdministratorRow(string Name, Administrator? Entry);

/// <summary>A token of an administrator; none removes the one of that hash.</summary>
public readonly record struct TokenRow(string Hash, ApiToken? Token);

/// <summary>A session of the web pages; none removes it.</summary>
public readonly record struct WebSessionRow(string Id, WebSession? Session);

/// <summary>Change of a segment's figures: bytes written to it and bytes of records somebody refers to.</summary>
public readonly record struct SegmentRow(long Segment, long WrittenChange, long LiveChange);

/// <summary>Figures of a segment.</summary>
public readonly record struct SegmentState(long Segment, long Written, long Live);
