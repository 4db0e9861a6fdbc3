using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Metadata;

/// <summary>Gathers entries with their values and writes METADATA responses (RFC 5464 §4.4.1): whole ones only, and a new one where much has come together.</summary>
/// <param name="session">Session.</param>
/// <param name="mailbox">Name of the mailbox; empty for the server.</param>
internal sealed class MetadataWriter(ImapSession session, string mailbox)
{
    private const int BytesAtOnce = 64 * 1024;

    private readonly List<(string Name, byte[]? Value)> _entries = [];
    private int _bytes;

    /// <summary>Adds an entry; null is NIL.</summary>
    public async ValueTask AddAsync(string name, byte[]? value)
    {
        _entries.Add((name, value));
        _bytes += name.Length + (value?.Length ?? 0);
        if (_bytes >= BytesAtOnce)
        {
            await WriteAsync();
        }
    }

    /// <summary>Writes what has been added, if anything.</summary>
    public async ValueTask WriteAsync()
    {
        if (_entries.Count == 0)
        {
            return;
        }

        var writer = session.Writer;
        writer.Raw("* METADATA "u8).Mailbox(new MailboxName(mailbox)).Raw(" "u8);
        for (var i = 0; i < _entries.Count; i++)
        {
            var (name, value) = _entries[i];
            writer.Raw(i == 0 ? "("u8 : " "u8).AString(name).Space();
            if (value?.Contains((byte)0) == true)
            {
                writer.LiteralHeader(value.Length, isBinary: true).Raw(value);
            }
            else
            {
                writer.NString(value, isNil: value is null);
            }
        }

        writer.Raw(")\r\n"u8);
        _entries.Clear();
        _bytes = 0;
        await session.FlushIfLargeAsync();
    }
}
