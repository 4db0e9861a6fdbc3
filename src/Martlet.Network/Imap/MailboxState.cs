using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>What the server has said of the selected mailbox so far. Kept by <see cref="ImapClient"/> from every response; read it between commands.</summary>
public sealed class MailboxState(MailboxName mailbox)
{
    /// <summary>The mailbox.</summary>
    public MailboxName Mailbox { get; } = mailbox;

    /// <summary>Opened for reading only.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Messages in it. Sequence numbers go from 1 to this.</summary>
    public uint Exists { get; private set; }

    /// <summary>Messages with \Recent.</summary>
    public uint Recent { get; private set; }

    /// <summary>Flags that messages in it may have.</summary>
    public IReadOnlyList<Flag> Flags { get; private set; } = [];

    /// <summary>Flags that can be changed for good; null if the server did not say, which means all (RFC 9051 §6.3.2).</summary>
    public IReadOnlyList<Flag>? PermanentFlags { get; private set; }

    /// <summary>New keywords can be made.</summary>
    public bool MayCreateKeywords { get; private set; }

    /// <summary>UIDVALIDITY; null if the server did not say.</summary>
    public long? UidValidity { get; private set; }

    /// <summary>The next UID, as of the opening.</summary>
    public long? UidNext { get; private set; }

    /// <summary>Highest modification sequence, as of the opening; null without CONDSTORE.</summary>
    public long? HighestModSeq { get; private set; }

    /// <summary>Takes an untagged response over.</summary>
    internal void Apply(ImapResponse response)
    {
        switch (response)
        {
            case ExistsData exists: Exists = exists.Messages; break;
            case RecentData recent: Recent = recent.Messages; break;
            case FlagsData flags: Flags = flags.Flags; break;
            case ExpungeData: Exists -= Math.Min(Exists, 1); break;
            case VanishedData { IsEarlier: false } vanished: Exists -= (uint)Math.Min(Exists, vanished.Uids.Resolve(0).Count); break;
            case StatusResponse { Kind: StatusKind.Ok or StatusKind.No } status: Apply(status.Code); break;
        }
    }

    /// <summary>Takes a response code over.</summary>
    internal void Apply(ResponseCodeData? code)
    {
        switch (code)
        {
            case PermanentFlagsCode flags:
                PermanentFlags = flags.Flags;
                MayCreateKeywords = flags.MayCreate;
                break;
            case NumberCode { Name: ResponseCode.UidValidity } number: UidValidity = number.Number; break;
            case NumberCode { Name: ResponseCode.UidNext } number: UidNext = number.Number; break;
            case NumberCode { Name: ResponseCode.HighestModSeq } number: HighestModSeq = number.Number; break;
            case PlainCode { Name: ResponseCode.ReadOnly }: IsReadOnly = true; break;
            case PlainCode { Name: ResponseCode.ReadWrite }: IsReadOnly = false; break;
        }
    }
}
