namespace Martlet.Protocols.Imap.Client;

/// <summary>A message to be sent: its size is announced first, so it must be known.</summary>
/// <param name="Content">Read once, from where it stands, when its turn comes. Stays the caller's.</param>
/// <param name="Bytes">How many bytes to send. A stream with fewer breaks the connection; more are left unread.</param>
public sealed record OutgoingMessage(Stream Content, long Bytes)
{
    /// <summary>Flags to set.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Internal date; null for the server's now.</summary>
    public DateTimeOffset? InternalDate { get; init; }

    /// <summary>As literal8: it may hold NUL. Needs BINARY (RFC 3516 §4.4).</summary>
    public bool IsBinary { get; init; }

    /// <summary>As <c>UTF8 (~{n} …)</c>: it has UTF-8 in its header. Needs UTF8=ACCEPT enabled (RFC 6855 §4).</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>A message that is in memory.</summary>
    public static OutgoingMessage Of(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(new MemoryStream(content, writable: false), content.Length);
    }

    /// <summary>append-message of RFC 4466 §6, with its leading space.</summary>
    internal void Write(ImapCommandWriter writer)
    {
        if (Flags.Count > 0)
        {
            writer.Raw(" ").Flags(Flags);
        }

        if (InternalDate is { } date)
        {
            writer.Raw(" ").DateTime(date);
        }

        writer.Raw(IsUtf8 ? " UTF8 (" : " ").Message(this).Raw(IsUtf8 ? ")" : "");
    }
}

/// <summary>APPEND: RFC 9051 §6.3.12, with several messages RFC 3502 §6.3.11.</summary>
/// <param name="Mailbox">Where to.</param>
/// <param name="Messages">At least one; more than one needs MULTIAPPEND.</param>
public sealed record AppendRequest(MailboxName Mailbox, params IReadOnlyList<OutgoingMessage> Messages) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "APPEND";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        AtLeastOne(Messages);
        writer.Raw(" ").Mailbox(Mailbox);
        foreach (var message in Messages)
        {
            message.Write(writer);
        }
    }
}

/// <summary>REPLACE and UID REPLACE: RFC 8508 §3.</summary>
/// <param name="Replaced">Sequence number, or UID, of the message that goes.</param>
/// <param name="Mailbox">Where the new one goes.</param>
/// <param name="Message">The new one.</param>
public sealed record ReplaceRequest(uint Replaced, MailboxName Mailbox, OutgoingMessage Message) : ImapRequest
{
    /// <summary>The number is a UID.</summary>
    public bool IsUid { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => WithUid("REPLACE", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => Message.Write(writer.Raw(" ").Number(Replaced).Raw(" ").Mailbox(Mailbox));
}
