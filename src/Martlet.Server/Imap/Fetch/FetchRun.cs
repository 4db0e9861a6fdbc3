using Martlet.Messages.Mime;
using Martlet.Protocols.Imap;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Reading;

namespace Martlet.Server.Imap.Fetch;

/// <summary>
/// One FETCH over many messages, some at a time: rows from memory, structures from the database in one go, bytes streamed. Between the batches it holds nothing,
/// so that a slow client costs one output buffer.
/// </summary>
internal sealed class FetchRun : IDisposable
{
    private const int MessagesAtOnce = 256;
    private const int MessagesAtOnceWithSeen = 32;  // What a client that goes away in the middle may find read though it was not sent.

    private readonly ImapSession _session;
    private readonly SelectedMailbox _selected;
    private readonly IReadOnlyList<FetchItem> _items;
    private readonly bool _withUid;
    private readonly bool _withModSeq;
    private readonly bool _asksUid;
    private readonly bool _asksFlags;
    private readonly bool _asksModSeq;
    private readonly bool _needsMeta;
    private readonly bool _setsSeen;
    private readonly EmailBatch _emails = new();
    private readonly BodyStream _bodies;
    private readonly MessageRow[] _rows = new MessageRow[MessagesAtOnce];

    /// <param name="session">Session with a mailbox open.</param>
    /// <param name="items">What to send.</param>
    /// <param name="withUid">Whether UID is sent though not asked for.</param>
    /// <param name="withModSeq">The same for MODSEQ (CHANGEDSINCE, RFC 7162 §3.1.4.1).</param>
    /// <param name="setsSeen">Whether bodies become \Seen; not when nobody asked for this message (NOTIFY).</param>
    public FetchRun(ImapSession session, IReadOnlyList<FetchItem> items, bool withUid, bool withModSeq, bool setsSeen = true)
    {
        _session = session;
        _selected = session.Open;
        // UIDFETCH responses begin with the UID and do not say it twice.
        _items = session.Has(ImapFeatures.UidOnly) ? [.. items.Where(item => item.Kind != FetchItemKind.Uid)] : items;
        _withUid = withUid;
        _withModSeq = withModSeq;
        _asksUid = items.Any(item => item.Kind == FetchItemKind.Uid);
        _asksFlags = items.Any(item => item.Kind == FetchItemKind.Flags);
        _asksModSeq = items.Any(item => item.Kind == FetchItemKind.ModSeq);
        _needsMeta = items.Any(item => item.Kind is not (FetchItemKind.Flags or FetchItemKind.Uid or FetchItemKind.InternalDate or FetchItemKind.Size or FetchItemKind.ModSeq or FetchItemKind.SaveDate));
        _setsSeen = setsSeen && !_selected.IsReadOnly && items.Any(item => item.SetsSeen);
        _bodies = new BodyStream(session);
    }

    /// <summary>Some message could not be read because its stored data is damaged.</summary>
    public bool FoundDamage => _bodies.FoundDamage;

    /// <summary>A part whose transfer encoding nobody knows was asked for decoded.</summary>
    public bool FoundUnknownEncoding => _bodies.FoundUnknownEncoding;

    /// <summary>A message was expunged by somebody else, though this client does not know yet.</summary>
    public bool FoundExpunged { get; private set; }

    /// <summary>Writes the responses.</summary>
    /// <param name="uids">UIDs the client knows, ascending.</param>
    public async ValueTask RunAsync(uint[] uids)
    {
        var step = _setsSeen ? MessagesAtOnceWithSeen : MessagesAtOnce;
        for (var at = 0; at < uids.Length; at += step)
        {
            var wanted = uids.AsMemory(at, Math.Min(step, uids.Length - at));
            var count = _selected.View.Read(wanted.Span, _rows);
            if (count < wanted.Length)
            {
                FoundExpunged = true;
            }

            var seen = _setsSeen ? await SetSeenAsync(count) : [];
            if (_needsMeta)
            {
                LoadEmails(0, count);
            }

            for (var i = 0; i < count; i++)
            {
                if (_emails.IsCut && !_emails.TryGet(_rows[i].Email, out _, out _))
                {
                    LoadEmails(i, count);
                }

                await WriteAsync(_rows[i], isChanged: seen.Contains(_rows[i].Uid));
            }
        }
    }

    public void Dispose() => _emails.Dispose();

    private void LoadEmails(int from, int count)
    {
        Span<EmailId> ids = stackalloc EmailId[count - from];
        for (var i = from; i < count; i++)
        {
            ids[i - from] = _rows[i].Email;
        }

        _session.Store.ReadEmails(_emails, _selected.Mailbox.Account, ids);
    }

    // RFC 9051 §6.4.5: fetching a body sets \Seen, and the new flags are part of the response.
    private async ValueTask<HashSet<Uid>> SetSeenAsync(int count)
    {
        var unseen = new List<Uid>();
        for (var i = 0; i < count; i++)
        {
            if (!_rows[i].Flags.HasFlag(MessageFlags.Seen))
            {
                unseen.Add(_rows[i].Uid);
            }
        }

        if (unseen.Count == 0)
        {
            return [];
        }

        var result = await _session.Store.SetFlagsAsync(_selected.Mailbox, unseen, FlagChange.Add, MessageFlags.Seen, []);
        if (!result.IsDone)
        {
            return []; // The mailbox is gone; its messages can still be read.
        }

        _selected.NoteOwnChange(result.Value, isTold: true);
        var changed = result.Value.Messages.ToDictionary(row => row.Uid);
        for (var i = 0; i < count; i++)
        {
            if (changed.TryGetValue(_rows[i].Uid, out var row))
            {
                _rows[i] = row;
            }
        }

        return [.. changed.Keys];
    }

    private async ValueTask WriteAsync(MessageRow row, bool isChanged)
    {
        var writer = _session.Writer;
        // RFC 7162 §3.2.4: a response that tells a change has UID and MODSEQ from the first use of CONDSTORE on.
        var tellsModSeq = isChanged && _session.Has(ImapFeatures.CondStore);
        var hasItem = FetchReply.Open(_session, row.Uid.Value, !_asksUid && (_withUid || tellsModSeq));
        foreach (var item in _items)
        {
            writer.Raw(hasItem ? " "u8 : ""u8);
            hasItem = true;
            if (!TryWriteRowItem(row, item) && !TryWriteMetaItem(row, item))
            {
                await WriteBodyAsync(row, item);
            }

            // Not only behind the message: a command may ask for the same large part as often as there are items.
            await _session.FlushIfLargeAsync();
        }

        if (isChanged && !_asksFlags)
        {
            writer.Raw(" FLAGS "u8);
            FlagNames.Write(writer, row.Flags, row.Keywords, _selected.Mailbox.Account.Keywords);
        }

        if (!_asksModSeq && (_withModSeq || tellsModSeq))
        {
            writer.Raw(hasItem ? " "u8 : ""u8);
            FetchReply.WriteModSeq(_session, row);
        }

        writer.Raw(")\r\n"u8);
        await _session.FlushIfLargeAsync();
    }

    private bool TryWriteRowItem(in MessageRow row, FetchItem item)
    {
        var writer = _session.Writer;
        switch (item.Kind)
        {
            case FetchItemKind.Flags:
                writer.Raw("FLAGS "u8);
                FlagNames.Write(writer, row.Flags, row.Keywords, _selected.Mailbox.Account.Keywords);
                return true;
            case FetchItemKind.Uid:
                writer.Raw("UID "u8).Number(row.Uid.Value);
                return true;
            case FetchItemKind.InternalDate:
                writer.Raw("INTERNALDATE "u8).DateTime(row.Received.ToDateTimeOffset());
                return true;
            case FetchItemKind.Size:
                writer.Raw("RFC822.SIZE "u8).Number(row.Size);
                return true;
            case FetchItemKind.ModSeq:
                FetchReply.WriteModSeq(_session, row);
                return true;
            case FetchItemKind.SaveDate:
                writer.Raw("SAVEDATE "u8).DateTime(DateTimeOffset.FromUnixTimeSeconds(row.SavedSeconds));
                return true;
            default:
                return false;
        }
    }

    private bool TryWriteMetaItem(in MessageRow row, FetchItem item)
    {
        var writer = _session.Writer;
        var isThere = TryGetMeta(row, out var meta);
        switch (item.Kind)
        {
            case FetchItemKind.Envelope:
                writer.Raw("ENVELOPE "u8);
                EnvelopeWriter.Write(writer, isThere ? meta.Envelope : default);
                return true;
            case FetchItemKind.Body or FetchItemKind.BodyStructure:
                writer.Raw(item.Kind == FetchItemKind.Body ? "BODY "u8 : "BODYSTRUCTURE "u8);
                if (isThere)
                {
                    BodyStructureWriter.Write(writer, meta.Root, item.Kind == FetchItemKind.BodyStructure);
                }
                else
                {
                    writer.Raw("(\"application\" \"octet-stream\" NIL NIL NIL \"BINARY\" "u8).Number(row.Size).Raw(item.Kind == FetchItemKind.Body ? ")"u8 : " NIL NIL NIL NIL)"u8);
                }

                return true;
            case FetchItemKind.Preview:
                writer.Raw("PREVIEW "u8).String(isThere ? meta.Preview : default);
                return true;
            default:
                return false;
        }
    }

    private bool TryGetMeta(in MessageRow row, out MessageMeta meta)
    {
        if (_emails.TryGet(row.Email, out _, out var encoded) && MessageMeta.TryRead(encoded, out meta))
        {
            return true;
        }

        _bodies.FoundDamage = true;
        meta = default;
        return false;
    }

    private ValueTask WriteBodyAsync(in MessageRow row, FetchItem item)
    {
        var (name, section) = item.Kind switch
        {
            FetchItemKind.Rfc822 => ("RFC822", Section.Message),
            FetchItemKind.Rfc822Header => ("RFC822.HEADER", new Section([], SectionText.Header, [])),
            FetchItemKind.Rfc822Text => ("RFC822.TEXT", new Section([], SectionText.Text, [])),
            _ => (null, item.Section ?? Section.Message),
        };
        if (name is null)
        {
            _session.Writer.SectionName(item).Space();
        }
        else
        {
            _session.Writer.Atom(name).Space();
        }

        if (!_emails.TryGet(row.Email, out var blob, out var encoded) || !MessageMeta.TryRead(encoded, out var meta))
        {
            _bodies.FoundDamage = true;
            _session.Writer.Raw(item.Kind == FetchItemKind.BinarySize ? "0"u8 : "NIL"u8);
            return ValueTask.CompletedTask;
        }

        if (!SectionLocator.TryFind(meta, blob.Length, section, out var range))
        {
            _session.Writer.Raw(item.Kind == FetchItemKind.BinarySize ? "0"u8 : "NIL"u8);
            return ValueTask.CompletedTask;
        }

        var place = new BodyPlace(_selected.Mailbox.Account, row.Email, blob, range);
        if (item.Kind is FetchItemKind.Binary or FetchItemKind.BinarySize)
        {
            var encoding = Array.Empty<byte>();
            if (section.Path.Count > 0 && SectionLocator.TryFindPart(meta, section.Path, out var part) && part.Kind == PartKind.Leaf)
            {
                encoding = part.Encoding.Value.ToArray();
            }

            return _bodies.WriteDecodedAsync(place, encoding, item);
        }

        return section.Text is SectionText.HeaderFields or SectionText.HeaderFieldsNot
            ? _bodies.WriteFieldsAsync(place, section, item.Partial)
            : _bodies.WriteAsync(place, item.Partial);
    }
}
