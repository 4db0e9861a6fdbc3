using Martlet.Protocols.Imap.Client;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>
/// Makes values of responses that <see cref="ResponseFramer"/> found. Follows the grammar of RFC 9051 §9 and is lenient where real servers are: what cannot be
/// understood is an <see cref="InvalidResponse"/>, never an exception.
/// </summary>
/// <remarks>One per connection, not thread safe. Linear in the length of a response.</remarks>
public sealed class ResponseReader
{
    private readonly ImapLimits _limits;
    private readonly int _nestingMax;
    private readonly FlagLists _flagLists = new();
    private readonly FetchReader _fetch;
    private bool _isBroken;

    /// <summary>Starts for a connection.</summary>
    /// <param name="limits">Limits of values.</param>
    public ResponseReader(ImapClientLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits.ForReader();
        _nestingMax = limits.NestingMax;
        _fetch = new FetchReader(_flagLists, _nestingMax);
    }

    /// <summary>UTF8=ACCEPT or IMAP4rev2 is enabled: mailbox names are UTF-8, not modified UTF-7 (RFC 6855 §3).</summary>
    public bool IsUtf8 { get; set; }

    /// <summary>Bytes looked at for the last response, for tests of linear time.</summary>
    public long Steps { get; private set; }

    /// <summary>Reads a whole response.</summary>
    /// <param name="response">With or without its line end.</param>
    public ImapResponse Read(ReadOnlySpan<byte> response)
    {
        if (_isBroken)
        {
            _isBroken = false;
            _fetch.Reset();
            return new InvalidResponse("Message data stands where it cannot be.", 0, ResponseText.Start(response));
        }

        var start = _fetch.IsOpen ? Math.Min(_fetch.Position, response.Length) : 0;
        Steps = _fetch.IsOpen ? Steps : 0;
        var reader = new ImapReader(response[start..], _limits, IsUtf8);
        var value = _fetch.IsOpen ? _fetch.ReadAll(ref reader) : ReadAny(ref reader);
        Steps += reader.Steps;
        if (value is null)
        {
            _fetch.Reset();
            return new InvalidResponse(reader.Error ?? "Not a response.", start + reader.ErrorPosition, ResponseText.Start(response));
        }

        return value;
    }

    /// <summary>Reads a FETCH response up to message data that is streamed (<see cref="ResponseStep.MessageData"/>). <see cref="Read"/> goes on behind it.</summary>
    /// <param name="text">From the start of the response to the line end of the literal's announcement.</param>
    /// <returns>What is known of the message so far; the last of its sections is the one that follows. Null if the text cannot be understood: the data is to be dropped.</returns>
    public FetchData? ReadUntilData(ReadOnlySpan<byte> text)
    {
        var isNew = !_fetch.IsOpen;
        var start = isNew ? 0 : Math.Min(_fetch.Position, text.Length);
        Steps = isNew ? 0 : Steps;
        var reader = new ImapReader(text[start..], _limits, IsUtf8);
        var data = !_isBroken && (!isNew || BeginFetch(ref reader)) ? _fetch.ReadPiece(ref reader, text.Length) : null;
        Steps += reader.Steps;
        _isBroken = data is null;
        return data;
    }

    private bool BeginFetch(ref ImapReader reader) =>
        reader.TryTake((byte)'*') && reader.Gap() && reader.Number(out var number) && reader.Gap() && BeginFetch(ref reader, number) is null;

    // Null when a FETCH was begun; its word otherwise, or null with an error in the reader.
    private string? BeginFetch(ref ImapReader reader, uint number)
    {
        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return null;
        }

        switch (word[..length])
        {
            case "FETCH":
                _fetch.Begin(new FetchData(number, uid: null));
                return null;
            case "UIDFETCH":
                _fetch.Begin(new FetchData(sequenceNumber: 0, number));
                return null;
            default:
                return word[..length].ToString();
        }
    }

    private ImapResponse? ReadAny(ref ImapReader reader)
    {
        switch (reader.Peek())
        {
            case '+':
                reader.TryTake((byte)'+');
                reader.TryTake((byte)' ');
                return new ContinuationResponse(reader.RestText());
            case '*':
                return reader.TryTake((byte)'*') && reader.Gap() ? ReadUntagged(ref reader) : null;
            default:
                return ReadTagged(ref reader);
        }
    }

    private static StatusResponse? ReadTagged(ref ImapReader reader)
    {
        Span<char> word = stackalloc char[24];
        if (!reader.Tag(out var tag) || !reader.Gap() || !reader.Word(word, out var length))
        {
            return null;
        }

        StatusKind? kind = word[..length] switch
        {
            "OK" => StatusKind.Ok,
            "NO" => StatusKind.No,
            "BAD" => StatusKind.Bad,
            _ => null,
        };
        if (kind is null)
        {
            reader.Fail("Expected OK, NO or BAD after the tag.");
            return null;
        }

        return StatusReader.Read(ref reader, ResponseText.Decode(tag), kind.Value);
    }

    private ImapResponse? ReadUntagged(ref ImapReader reader)
    {
        if (reader.Peek() is >= '0' and <= '9')
        {
            return reader.Number(out var number) && reader.Gap() ? ReadNumbered(ref reader, number) : null;
        }

        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return null;
        }

        // The words of RFC 9051 §7 and the extensions in Responses/.
        switch (word[..length])
        {
            case "OK": return StatusReader.Read(ref reader, tag: null, StatusKind.Ok);
            case "NO": return StatusReader.Read(ref reader, tag: null, StatusKind.No);
            case "BAD": return StatusReader.Read(ref reader, tag: null, StatusKind.Bad);
            case "BYE": return StatusReader.Read(ref reader, tag: null, StatusKind.Bye);
            case "PREAUTH": return StatusReader.Read(ref reader, tag: null, StatusKind.PreAuth);
            case "SEARCH": return SearchDataReader.ReadSearch(ref reader);
            case "ESEARCH": return SearchDataReader.ReadESearch(ref reader, _nestingMax);
            case "VANISHED": return MailboxDataReader.ReadVanished(ref reader);
            case "LIST": return MailboxDataReader.ReadList(ref reader, isLsub: false, _nestingMax);
            case "LSUB": return MailboxDataReader.ReadList(ref reader, isLsub: true, _nestingMax);
            case "STATUS": return MailboxDataReader.ReadStatus(ref reader, _nestingMax);
            case "FLAGS": return reader.Gap() && _flagLists.Read(ref reader, out var flags, out _) && reader.AnyEnd() ? new FlagsData(flags) : null;
            case "NAMESPACE": return ServerDataReader.ReadNamespace(ref reader, _nestingMax);
            case "CAPABILITY": return ServerDataReader.ReadWords(ref reader, out var names) ? new CapabilityData(new CapabilitySet(names)) : null;
            case "ENABLED": return ServerDataReader.ReadWords(ref reader, out names) ? new EnabledData(names) : null;
            case "QUOTA": return ServerDataReader.ReadQuota(ref reader);
            case "QUOTAROOT": return ServerDataReader.ReadQuotaRoot(ref reader);
            case "METADATA": return ServerDataReader.ReadMetadata(ref reader);
            case "ID": return ServerDataReader.ReadId(ref reader);
            default:
                reader.RestText();
                return new UnknownResponse(word[..length].ToString());
        }
    }

    private ImapResponse? ReadNumbered(ref ImapReader reader, uint number)
    {
        var word = BeginFetch(ref reader, number);
        if (_fetch.IsOpen)
        {
            return _fetch.ReadAll(ref reader);
        }

        switch (word)
        {
            case null: return null;
            case "EXISTS": return reader.AnyEnd() ? new ExistsData(number) : null;
            case "RECENT": return reader.AnyEnd() ? new RecentData(number) : null;
            case "EXPUNGE": return reader.AnyEnd() && (number > 0 || reader.Fail("No message has the number 0.")) ? new ExpungeData(number) : null;
            default:
                reader.RestText();
                return new UnknownResponse(word);
        }
    }
}
