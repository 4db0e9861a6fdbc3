using System.Buffers;
using System.Text;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Martlet.Protocols.Imap;
using Martlet.Store.Model;
using Martlet.Store.Reading;

namespace Martlet.Server.Imap.Search;

/// <summary>The message a search looks at: its row, and whatever else is asked for, read when it is. Used again for the next message.</summary>
/// <param name="session">Whose search.</param>
/// <param name="readsBodies">Whether bodies are searched: then a read brings as much of the message as there is room for.</param>
internal sealed class SearchMessage(ImapSession session, bool readsBodies) : IDisposable
{
    private const int WindowBytes = 256 * 1024;
    private const int HeaderBytesMax = 1024 * 1024; // Longer headers are searched this far.

    private readonly EmailBatch _email = new();
    private readonly HeaderSearch _headers = new();
    private readonly BodySearch _bodies = new();
    private byte[] _window = ArrayPool<byte>.Shared.Rent(readsBodies ? WindowBytes : 8 * 1024);
    private long _windowBegin;
    private int _windowLength;

    /// <summary>Row.</summary>
    public MessageRow Row { get; private set; }

    /// <summary>Sequence number.</summary>
    public int Seq { get; private set; }

    /// <summary>Something could not be read because it is damaged; the message was taken not to match there.</summary>
    public bool FoundDamage { get; private set; }

    /// <summary>Bytes read so far, of all messages.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the structures of messages that are looked at next, in one go as far as they fit; the first one always does.</summary>
    public void Load(ReadOnlySpan<EmailId> emails) => session.Store.ReadEmails(_email, session.LoggedIn, emails);

    /// <summary>Whether a message must be loaded first: the last load ended before it.</summary>
    public bool MustLoad(EmailId email) => _email.IsCut && !_email.TryGet(email, out _, out _);

    /// <summary>Goes to the next message.</summary>
    public void MoveTo(in MessageRow row, int seq)
    {
        Row = row;
        Seq = seq;
        _windowLength = 0;
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
            SearchField.Subject => envelope.Subject.IsPresent && HeaderSearch.IsInValue(finder, envelope.Subject.Value),
            SearchField.From => AddressesContain(envelope.From, finder),
            SearchField.To => AddressesContain(envelope.To, finder),
            SearchField.Cc => AddressesContain(envelope.Cc, finder),
            SearchField.Bcc => AddressesContain(envelope.Bcc, finder),
            _ => throw new InvalidOperationException("Not a field of the envelope."),
        };
    }

    /// <summary>HEADER: looks in all fields of a name, decoded.</summary>
    public bool FieldContains(string name, TextFinder finder) =>
        TryGetMeta(out var meta) && _headers.IsInField(finder, ReadHeader(0, meta.Root.BodyBegin), name);

    /// <summary>
    /// BODY and TEXT: looks in all text parts, decoded, and in the headers of nested messages; for TEXT in the message's header and those of its parts, too.
    /// </summary>
    public bool Contains(TextFinder finder, bool withHeaders) =>
        TryGetMeta(out var meta) && (withHeaders && HeaderContains(finder, 0, meta.Root.BodyBegin) || PartContains(meta.Root, finder, withHeaders));

    public void Dispose()
    {
        _email.Dispose();
        ArrayPool<byte>.Shared.Return(_window);
    }

    private static bool AddressesContain(AddressListView list, TextFinder finder)
    {
        var text = new MetaText(stackalloc byte[512]);
        foreach (var address in list)
        {
            // As people write it; what is decoded in a name cannot change what stands in the address.
            text.Clear();
            if (address.Name.IsPresent)
            {
                text.Add(address.Name.Value, " "u8);
            }

            text.Add("<"u8, address.Mailbox.Value);
            text.Add("@"u8, address.Host.Value);
            text.Add(">"u8, default);
            if (HeaderSearch.IsInValue(finder, text.Written))
            {
                return true;
            }
        }

        return false;
    }

    private bool PartContains(PartView part, TextFinder finder, bool withHeaders)
    {
        switch (part.Kind)
        {
            case PartKind.Leaf:
                return Ascii.EqualsIgnoreCase(part.Type, "text"u8) && LeafContains(part, finder);
            case PartKind.Message:
                // The header of a nested message is part of the outer one's body.
                var (begin, end) = part.NestedHeaderRange;
                if (HeaderContains(finder, begin, end))
                {
                    return true;
                }

                break;
            case PartKind.Multipart:
            default:
                break;
        }

        foreach (var child in part.Children)
        {
            // RFC 9051 §6.4.4: TEXT includes the header fields of MIME parts. The root of a nested message has had its turn.
            var hasMimeHeader = withHeaders && part.Kind == PartKind.Multipart;
            if (hasMimeHeader && HeaderContains(finder, child.HeaderBegin, child.BodyBegin) || PartContains(child, finder, withHeaders))
            {
                return true;
            }
        }

        return false;
    }

    // Tags of HTML stay in: clients search for what is in the message, and so do people who look at its source.
    private bool LeafContains(PartView part, TextFinder finder)
    {
        _bodies.Start(finder, part.Encoding, part.Parameters.Find("charset"u8));
        for (var at = part.BodyBegin; at < part.End;)
        {
            var piece = Read(at, part.End);
            at += piece.Length;
            if (piece.IsEmpty || _bodies.Next(piece, isLast: at >= part.End))
            {
                return !piece.IsEmpty;
            }
        }

        return false;
    }

    private bool HeaderContains(TextFinder finder, long begin, long end) => _headers.IsInHeader(finder, ReadHeader(begin, end));

    private ReadOnlySpan<byte> ReadHeader(long begin, long end)
    {
        var length = (int)Math.Min(end - begin, HeaderBytesMax);
        if (length > _window.Length)
        {
            ArrayPool<byte>.Shared.Return(_window);
            _window = ArrayPool<byte>.Shared.Rent(length);
            _windowLength = 0;
        }

        var header = Read(begin, begin + length);
        return header.Length == length ? header : Read(begin, begin + length, isFresh: true);
    }

    /// <summary>
    /// Bytes of the message as they are in the window, which is moved there when they are not: at least one, unless the message is damaged or has ended.
    /// </summary>
    private ReadOnlySpan<byte> Read(long begin, long end, bool isFresh = false)
    {
        var isInWindow = !isFresh && begin >= _windowBegin && begin < _windowBegin + _windowLength;
        if (!isInWindow)
        {
            _windowBegin = begin;
            _windowLength = Fill(begin, (int)Math.Min(readsBodies ? Row.Size - begin : end - begin, _window.Length));
        }

        var from = (int)(begin - _windowBegin);
        return _window.AsSpan(from, (int)Math.Min(end - begin, _windowLength - from));
    }

    private int Fill(long offset, int length)
    {
        // A search through large messages ends as soon as nobody waits for it any more.
        session.Connection.Stopping.ThrowIfCancellationRequested();
        if (length <= 0 || !_email.TryGet(Row.Email, out var blob, out _))
        {
            return 0;
        }

        try
        {
            var count = session.Store.ReadBytes(session.LoggedIn, Row.Email, ref blob, offset, _window.AsSpan(0, length));
            BytesRead += count;
            return count;
        }
        catch (StoreException)
        {
            FoundDamage = true;
            return 0;
        }
    }
}
