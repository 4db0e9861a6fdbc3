using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>What a command came to: its tagged reply, and the untagged responses before it that no handler took.</summary>
/// <param name="Command">Command word.</param>
/// <param name="Status">The tagged reply.</param>
/// <param name="Responses">
/// In the server's order: the data asked for, and whatever else the server had to say. The server decides what belongs to what (RFC 9051 §5.2).
/// </param>
public sealed record ImapResult(string Command, StatusResponse Status, IReadOnlyList<ImapResponse> Responses)
{
    /// <summary>What a handler threw; the client throws it again.</summary>
    internal System.Runtime.ExceptionServices.ExceptionDispatchInfo? HandlerError { get; init; }

    /// <summary>The command was done.</summary>
    public bool IsOk => Status.Kind == StatusKind.Ok;

    /// <summary>Responses that could not be understood. With any of these, data may be missing.</summary>
    public IEnumerable<InvalidResponse> Invalid => All<InvalidResponse>();

    /// <summary>The responses of one kind.</summary>
    public IEnumerable<T> All<T>()
        where T : ImapResponse => Responses.OfType<T>();

    /// <summary>The last response of a kind; null if there was none.</summary>
    public T? Last<T>()
        where T : ImapResponse => All<T>().LastOrDefault();

    /// <summary>A response code, of the tagged reply or else of an untagged status response (COPYUID of MOVE, APPENDUID of REPLACE); null if there was none.</summary>
    public T? Code<T>()
        where T : ResponseCodeData => Status.Code as T ?? All<StatusResponse>().Select(static status => status.Code).OfType<T>().LastOrDefault();

    /// <summary>This result, if the command was done.</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Refused"/>: NO or BAD. The connection can be used on.</exception>
    public ImapResult EnsureOk() => IsOk
        ? this
        : throw new ImapException(ImapFailure.Refused, $"{Command} was refused: {Status.Kind.ToString().ToUpperInvariant()} {(Status.Code is { } code ? $"[{code.Name}] " : "")}{Status.Text}");
}

/// <summary>Gets the data of one section of a message while it comes in. Not called for NIL: then there is no data.</summary>
/// <param name="message">What is known of the message so far. Servers usually send the UID first, but need not.</param>
/// <param name="section">Which of its sections.</param>
/// <param name="data">The data; its length is known. What is not read is dropped. Not to be used after the task is done.</param>
/// <param name="cancel">Ends with the command.</param>
public delegate ValueTask ImapDataHandler(FetchData message, FetchSection section, Stream data, CancellationToken cancel);

/// <summary>What is done with responses while a command runs, so that they need not be kept.</summary>
public sealed record ImapHandlers
{
    /// <summary>Told of each untagged response in order; true takes it: it is not kept for the result. Must be quick, and must not call the client.</summary>
    public Func<ImapResponse, bool>? OnResponse { get; init; }

    /// <summary>Gets message data (BODY[…], BINARY[…], RFC822). Null: it is kept in the values, up to a limit. An exception from it comes out of the command, after it has run to its end.</summary>
    public ImapDataHandler? OnData { get; init; }
}
