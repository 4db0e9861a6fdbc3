using System.Buffers;
using System.Text;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Martlet.Protocols.Imap;
using Martlet.Store.Model;
using Martlet.Store.Reading;

namespace Martlet.Server.Imap.Search;

/// <summary>The message a search looks at: its row, and whatever else is asked for, read when it is. Used again for the next message.</summary>
internal sealed class SearchMessage(ImapSession session) : IDisposable
{
    private const int PieceBytes = 64 * 1024;
    private const int HeaderBytesMax = 1024 * 1024; // Longer headers are searched this far.

    private readonly EmailBatch _email = new();
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private readonly char[] _chars = ArrayPool<char>.Shared.Rent(PieceBytes);

    /// <summary>Row.</summary>
    public MessageRow Row { get; private set; }

    /// <summary>Sequence number.</summary>
    public int Seq { get; private set; }

    /// <summary>Something could not be read because it is damaged; the message was taken not to match there.</summary>
    public bool FoundDamage { get; private set; }

    /// <summary>Reads the structures of messages that are looked at next, in one go as far as they fit; the first one always does.</summary>
    public void Load(ReadOnlySpan<EmailId> emails) => session.Store.ReadEmails(_email, session.LoggedIn, emails);

    /// <summary>Whether a message must be loaded first: the last load ended before it.</summary>
    public bool MustLoad(EmailId email) => _email.IsCut && !_email.TryGet(email, out _, out _);

    /// <summary>Goes to the next message.</summary>
    public void MoveTo(in MessageRow row, int seq)
    {
        Row = row;
        Seq = seq;
    }

    /// <summary>The stored structure.</summary>
    public bool TryGetMeta(out MessageMeta meta)
    {
        if (_email.TryGet(Row.Email, out _, out var encoded) && MessageMeta.TryRead(encoded, out meta))
        {
            return true;
        }

        FoundDamage = true;
        meta = default;
        return false;
    }

    /// <summary>FROM, TO, CC, BCC, SUBJECT: looks in the decoded envelope.</summary>
    public bool EnvelopeContains(SearchField field, TextFinder finder)
    {
        if (!TryGetMeta(out var meta))
        {
            return false;
        }

        var envelope = meta.Envelope;
        return field switch
        {
            SearchField.Subject => envelope.Subject.IsPresent && finder.IsIn(HeaderDecoder.Decode(envelope.Subject.Value)),
            SearchField.From => AddressesContain(envelope.From, finder),
            SearchField.To => AddressesContain(envelope.To, finder),
            SearchField.Cc => AddressesContain(envelope.Cc, finder),
            SearchField.Bcc => AddressesContain(envelope.Bcc, finder),
            _ => throw new InvalidOperationException("Not a field of the envelope."),
        };
    }

    /// <summary>HEADER: looks in all fields of a name, decoded.</summary>
    public bool FieldContains(string name, TextFinder finder) => AnyField(
        (field, value) => Ascii.EqualsIgnoreCase(field, name) && (finder.IsEmpty || finder.IsIn(HeaderDecoder.Decode(value))));

    /// <summary>TEXT: looks in the whole header, decoded, with field names.</summary>
    public bool HeaderContains(TextFinder finder) => AnyField(
        (field, value) => finder.IsIn(string.Concat(Encoding.Latin1.GetString(field), ": ", HeaderDecoder.Decode(value))));

    /// <summary>BODY: looks in all text parts, decoded, and in the headers of nested messages.</summary>
    public bool BodyContains(TextFinder finder) => TryGetMeta(out var meta) && PartContains(meta.Root, finder);

    public void Dispose()
    {
        _email.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<char>.Shared.Return(_chars);
    }

    private static bool AddressesContain(AddressListView list, TextFinder finder)
    {
        foreach (var address in list)
        {
            var text = new StringBuilder();
            if (address.Name.IsPresent)
            {
                text.Append(HeaderDecoder.Decode(address.Name.Value)).Append(' ');
            }

            text.Append('<').Append(Encoding.UTF8.GetString(address.Mailbox.Value)).Append('@').Append(Encoding.UTF8.GetString(address.Host.Value)).Append('>');
            if (finder.IsIn(text.ToString()))
            {
                return true;
            }
        }

        return false;
    }

    private bool PartContains(PartView part, TextFinder finder)
    {
        if (part.Kind == PartKind.Leaf)
        {
            return Ascii.EqualsIgnoreCase(part.Type, "text"u8) && LeafContains(part, finder);
        }

        if (part.Kind == PartKind.Message)
        {
            var (begin, end) = part.NestedHeaderRange;
            if (AnyField(begin, end, (field, value) => finder.IsIn(string.Concat(Encoding.Latin1.GetString(field), ": ", HeaderDecoder.Decode(value)))))
            {
                return true;
            }
        }

        foreach (var child in part.Children)
        {
            if (PartContains(child, finder))
            {
                return true;
            }
        }

        return false;
    }

    // Tags of HTML stay in: clients search for what is in the message, and so do people who look at its source.
    private bool LeafContains(PartView part, TextFinder finder)
    {
        var extractor = new TextExtractor(part.Encoding, part.Parameters.Find("charset"u8), isHtml: false);
        var kept = 0;
        for (var at = part.BodyBegin; at < part.End;)
        {
            var count = Read(at, _bytes.AsSpan(0, (int)Math.Min(PieceBytes, part.End - at)));
            if (count == 0)
            {
                return false;
            }

            at += count;
            for (var used = 0; used < count;)
            {
                var room = _chars.AsSpan(kept);
                if (room.Length < TextExtractor.OutputCharsMin)
                {
                    return false; // A search string longer than the buffer; the grammar's limits do not let one through.
                }

                var length = kept + extractor.Decode(_bytes.AsSpan(used, count - used), room, at >= part.End, out var consumed);
                used += consumed;
                if (finder.IsIn(_chars.AsSpan(0, length)))
                {
                    return true;
                }

                kept = Math.Min(finder.Overlap, length);
                _chars.AsSpan(length - kept, kept).CopyTo(_chars);
            }
        }

        return false;
    }

    private delegate bool FieldTest(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    private bool AnyField(FieldTest test) => TryGetMeta(out var meta) && AnyField(0, meta.Root.BodyBegin, test);

    private bool AnyField(long begin, long end, FieldTest test)
    {
        var length = (int)Math.Min(end - begin, HeaderBytesMax);
        var header = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            var rest = (ReadOnlySpan<byte>)header.AsSpan(0, Read(begin, header.AsSpan(0, length)));
            while (!rest.IsEmpty)
            {
                var field = rest[..FieldLength(rest)];
                rest = rest[field.Length..];
                var colon = field.IndexOf((byte)':');
                if (colon > 0 && test(field[..colon].TrimEnd((byte)' '), field[(colon + 1)..].Trim(" \t\r\n"u8)))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    // Up to and with the line end that no white space follows.
    private static int FieldLength(ReadOnlySpan<byte> header)
    {
        for (var at = 0; ;)
        {
            var end = header[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return header.Length;
            }

            at += end + 1;
            if (at == header.Length || header[at] is not ((byte)' ' or (byte)'\t'))
            {
                return at;
            }
        }
    }

    private int Read(long offset, Span<byte> buffer)
    {
        // A search through large messages ends as soon as nobody waits for it any more.
        session.Connection.Stopping.ThrowIfCancellationRequested();
        if (buffer.IsEmpty || !_email.TryGet(Row.Email, out var blob, out _))
        {
            return 0;
        }

        try
        {
            return session.Store.ReadBytes(session.LoggedIn, Row.Email, ref blob, offset, buffer);
        }
        catch (StoreException)
        {
            FoundDamage = true;
            return 0;
        }
    }
}
