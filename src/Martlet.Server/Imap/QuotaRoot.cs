using Martlet.Protocols.Imap;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>
/// The one quota root of an account (RFC 9208 §3.2): all its mailboxes share it. Its name is empty, as in the examples of the RFC, because clients show it to people.
/// </summary>
internal static class QuotaRoot
{
    /// <summary>Name of the root.</summary>
    public const string Name = "";

    /// <summary>
    /// What is told as the limit where there is none. RFC 9208 §7 has no triplet without a limit and no list without a triplet, and clients show no usage without
    /// one (Thunderbird: "no quota information"). 2³¹-1 is the largest number that clients with 32 bits read, signed or not: 2 TiB, and as many messages as a
    /// mailbox can hold.
    /// </summary>
    private const long Unlimited = int.MaxValue;

    private const long UnitBytes = 1024;

    /// <summary>Writes the QUOTA response.</summary>
    public static void Write(ImapWriter writer, AccountRow account, QuotaLimits limits)
    {
        // Both rounded up: who is within the limit in bytes is never shown above it in units (RFC 9208 §5.1).
        var (used, limit) = (Units(account.Bytes), Units(limits.Bytes));
        writer.Raw("* QUOTA "u8).AString(Name);
        writer.Raw(" (STORAGE "u8).Number(used).Space().Number(Limit(limit, used));
        writer.Raw(" MESSAGE "u8).Number(account.Messages).Space().Number(Limit(limits.Messages, account.Messages)).Raw(")\r\n"u8);
    }

    private static long Units(long bytes) => (bytes / UnitBytes) + (bytes % UnitBytes > 0 ? 1 : 0);

    // Who has more than 32-bit clients can read has no 32-bit client.
    private static long Limit(long limit, long used) => limit > 0 ? limit : used < Unlimited ? Unlimited : long.MaxValue;
}
