namespace Martlet.Protocols.Imap.Responses;

/// <summary>
/// One response of a server as a value: RFC 9051 §7 and the extensions that the derived records name. <see cref="ResponseReader"/> makes them. Everything in
/// them is the server's word: text may hold anything, numbers need not fit together.
/// </summary>
public abstract record ImapResponse;

/// <summary>How a status response begins.</summary>
public enum StatusKind
{
    /// <summary><c>OK</c></summary>
    Ok,

    /// <summary><c>NO</c></summary>
    No,

    /// <summary><c>BAD</c></summary>
    Bad,

    /// <summary><c>BYE</c>: the server will close the connection.</summary>
    Bye,

    /// <summary><c>PREAUTH</c>: only as a greeting.</summary>
    PreAuth,
}

/// <summary>A status response, RFC 9051 §7.1.</summary>
/// <param name="Tag">Tag of the command it ends; null if untagged.</param>
/// <param name="Kind">How it begins.</param>
/// <param name="Code">What stands in brackets; null without.</param>
/// <param name="Text">Text for people; may be empty.</param>
public sealed record StatusResponse(string? Tag, StatusKind Kind, ResponseCodeData? Code, string Text) : ImapResponse;

/// <summary>A continuation request, RFC 9051 §7.6.</summary>
/// <param name="Text">What follows the plus and its space: base64 in AUTHENTICATE, else text for people. Some servers send neither.</param>
public sealed record ContinuationResponse(string Text) : ImapResponse;

/// <summary>A response of a kind that is not known here: it was read to its end and has no value.</summary>
/// <param name="Name">Its word in upper case.</param>
public sealed record UnknownResponse(string Name) : ImapResponse;

/// <summary>A response that is not what the grammar allows, or is beyond a limit of its values. What comes after it can be read again.</summary>
/// <param name="Error">What is wrong, without anything of the response in it.</param>
/// <param name="Position">Offset of the first wrong byte.</param>
/// <param name="Start">The first bytes, printable, for logs.</param>
public sealed record InvalidResponse(string Error, int Position, string Start) : ImapResponse;
