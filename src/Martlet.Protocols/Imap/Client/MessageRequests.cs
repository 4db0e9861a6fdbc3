using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Protocols.Imap.Client;

/// <summary>FETCH and UID FETCH: RFC 9051 §6.4.5, with the modifiers of RFC 7162 §3.1.4, §3.2.6 and RFC 9394 §3.3.</summary>
/// <param name="Messages">Sequence numbers, or UIDs.</param>
/// <param name="Items">At least one.</param>
public sealed record FetchRequest(NumSet Messages, params IReadOnlyList<FetchItem> Items) : ImapRequest
{
    /// <summary>The set has UIDs.</summary>
    public bool IsUid { get; init; } = true;

    /// <summary>Only messages with a higher modification sequence.</summary>
    public long? ChangedSince { get; init; }

    /// <summary>Also UIDs that are gone, with <see cref="ChangedSince"/> and ENABLE QRESYNC.</summary>
    public bool Vanished { get; init; }

    /// <summary>Only this window of the set: <c>1:100</c>, or <c>-1:-100</c> from the end.</summary>
    public PartialRange? Partial { get; init; }

    /// <inheritdoc/>
    public override string Name => WithUid("FETCH", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        AtLeastOne(Items);
        writer.Raw(" ").Set(Messages).Raw(" ").List(Items, FetchItemWriter.Write);
        List<Action<ImapCommandWriter>> modifiers = [];
        if (ChangedSince is { } modSeq)
        {
            modifiers.Add(w => w.Raw("CHANGEDSINCE ").Number(modSeq));
        }

        if (Vanished)
        {
            modifiers.Add(static w => w.Raw("VANISHED"));
        }

        if (Partial is { } range)
        {
            modifiers.Add(w => w.Raw("PARTIAL ").Raw(range.ToString()));
        }

        if (modifiers.Count > 0)
        {
            writer.Raw(" ").List(modifiers, static (w, write) => write(w));
        }
    }
}

/// <summary>Writes fetch-att.</summary>
internal static class FetchItemWriter
{
    /// <summary>One item.</summary>
    public static void Write(ImapCommandWriter writer, FetchItem item)
    {
        writer.Raw(item.Kind switch
        {
            FetchItemKind.Flags => "FLAGS",
            FetchItemKind.Uid => "UID",
            FetchItemKind.InternalDate => "INTERNALDATE",
            FetchItemKind.Size => "RFC822.SIZE",
            FetchItemKind.Envelope => "ENVELOPE",
            FetchItemKind.Body => "BODY",
            FetchItemKind.BodyStructure => "BODYSTRUCTURE",
            FetchItemKind.Section => item.IsPeek ? "BODY.PEEK" : "BODY",
            FetchItemKind.Rfc822 => "RFC822",
            FetchItemKind.Rfc822Header => "RFC822.HEADER",
            FetchItemKind.Rfc822Text => "RFC822.TEXT",
            FetchItemKind.Binary => item.IsPeek ? "BINARY.PEEK" : "BINARY",
            FetchItemKind.BinarySize => "BINARY.SIZE",
            FetchItemKind.ModSeq => "MODSEQ",
            FetchItemKind.SaveDate => "SAVEDATE",
            FetchItemKind.Preview => item.IsLazy ? "PREVIEW (LAZY)" : "PREVIEW",
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "Not a data item."),
        });
        if (item.Kind is FetchItemKind.Section or FetchItemKind.Binary or FetchItemKind.BinarySize)
        {
            writer.Section(item.Section ?? Section.Message);
        }

        if (item.Partial is { } partial)
        {
            writer.Raw("<").Number(partial.Offset).Raw(".").Number(partial.Count).Raw(">");
        }
    }
}

/// <summary>STORE and UID STORE: RFC 9051 §6.4.6, with UNCHANGEDSINCE of RFC 7162 §3.1.3.</summary>
/// <param name="Messages">Sequence numbers, or UIDs.</param>
/// <param name="Action">What to do.</param>
/// <param name="Flags">With these; may be none.</param>
public sealed record StoreRequest(NumSet Messages, StoreAction Action, params IReadOnlyList<Flag> Flags) : ImapRequest
{
    /// <summary>The set has UIDs.</summary>
    public bool IsUid { get; init; } = true;

    /// <summary>The server need not repeat the flags.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Only messages whose modification sequence is not higher; the others come in <see cref="ModifiedCode"/>.</summary>
    public long? UnchangedSince { get; init; }

    /// <inheritdoc/>
    public override string Name => WithUid("STORE", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        writer.Raw(" ").Set(Messages);
        if (UnchangedSince is { } modSeq)
        {
            writer.Raw(" (UNCHANGEDSINCE ").Number(modSeq).Raw(")");
        }

        writer.Raw(Action switch
        {
            StoreAction.Add => " +FLAGS",
            StoreAction.Remove => " -FLAGS",
            _ => " FLAGS",
        }).Raw(IsSilent ? ".SILENT " : " ").Flags(Flags);
    }
}

/// <summary>COPY and UID COPY: RFC 9051 §6.4.7.</summary>
/// <param name="Messages">Sequence numbers, or UIDs.</param>
/// <param name="Destination">Where to.</param>
public sealed record CopyRequest(NumSet Messages, MailboxName Destination) : ImapRequest
{
    /// <summary>The set has UIDs.</summary>
    public bool IsUid { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => WithUid("COPY", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Set(Messages).Raw(" ").Mailbox(Destination);
}

/// <summary>MOVE and UID MOVE: RFC 9051 §6.4.8.</summary>
/// <param name="Messages">Sequence numbers, or UIDs.</param>
/// <param name="Destination">Where to.</param>
public sealed record MoveRequest(NumSet Messages, MailboxName Destination) : ImapRequest
{
    /// <summary>The set has UIDs.</summary>
    public bool IsUid { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => WithUid("MOVE", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Set(Messages).Raw(" ").Mailbox(Destination);
}

/// <summary>UID EXPUNGE: RFC 9051 §6.4.9.</summary>
/// <param name="Uids">Only these of the messages with \Deleted.</param>
public sealed record UidExpungeRequest(NumSet Uids) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "UID EXPUNGE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Set(Uids);
}
