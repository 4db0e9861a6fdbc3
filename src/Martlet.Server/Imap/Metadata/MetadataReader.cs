using System.Text;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Metadata;

/// <summary>Looks up annotations for a client, the special use among them (RFC 6154 §4).</summary>
/// <param name="session">Session.</param>
/// <param name="mailbox">Mailbox; null for the server.</param>
internal sealed class MetadataReader(ImapSession session, Mailbox? mailbox)
{
    private readonly MetadataWriter _writer = new(session, mailbox?.Info.Name ?? "");
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly MailboxId _owner = mailbox?.Id ?? AnnotationTable.Server;

    /// <summary>Size of the largest value that was not written because it is larger than wanted; 0 when there was none.</summary>
    public long LargestLeftOut { get; private set; }

    /// <summary>Writes the entries and what is below them. An entry that has no value is NIL; in a look below it is left out (RFC 5464 §4.2.2).</summary>
    public async ValueTask WriteAsync(IReadOnlyList<string> entries, MetadataDepth depth = MetadataDepth.Zero, long? maxSize = null)
    {
        foreach (var entry in entries)
        {
            await WriteAsync(entry, isNilTold: depth == MetadataDepth.Zero, maxSize);
            if (depth != MetadataDepth.Zero)
            {
                foreach (var below in Below(entry, depth))
                {
                    await WriteAsync(below, isNilTold: false, maxSize);
                }
            }
        }

        await _writer.WriteAsync();
    }

    private async ValueTask WriteAsync(string name, bool isNilTold, long? maxSize)
    {
        if (!_written.Add(name))
        {
            return;
        }

        var value = Value(name);
        if (value?.Length > maxSize)
        {
            LargestLeftOut = Math.Max(LargestLeftOut, value.Length);
        }
        else if (value is not null || isNilTold)
        {
            await _writer.AddAsync(name, value);
        }
    }

    private byte[]? Value(string name)
    {
        if (name == AnnotationName.SpecialUse)
        {
            return mailbox is not null && SpecialUses.Attribute(mailbox.Info.Use) is { } use ? Encoding.ASCII.GetBytes(use) : null;
        }

        var account = session.LoggedIn;
        return account.Annotations.Of(_owner).ContainsKey(name) ? session.Store.ReadAnnotation(account, _owner, name) : null;
    }

    private IEnumerable<string> Below(string entry, MetadataDepth depth)
    {
        var prefix = entry + "/";
        IEnumerable<string> names = session.LoggedIn.Annotations.Of(_owner).Keys;
        return names.Append(AnnotationName.SpecialUse).Where(
            name => name.StartsWith(prefix, StringComparison.Ordinal) && (depth == MetadataDepth.Infinity || name.IndexOf('/', prefix.Length) < 0));
    }
}
