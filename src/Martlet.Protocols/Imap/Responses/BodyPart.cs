namespace Martlet.Protocols.Imap.Responses;

/// <summary>How a part wants to be shown, RFC 2183.</summary>
/// <param name="Kind">As <c>attachment</c>.</param>
/// <param name="Parameters">As <c>filename</c>; names and values as sent.</param>
public sealed record BodyDisposition(string Kind, IReadOnlyList<KeyValuePair<string, string>> Parameters);

/// <summary>A part of a BODYSTRUCTURE or BODY, RFC 9051 §7.5.2. Texts are as the server sent them; what was not sent is null or empty.</summary>
/// <param name="Type">Media type, as <c>TEXT</c>.</param>
/// <param name="Subtype">Media subtype, as <c>PLAIN</c>.</param>
public abstract record BodyPart(string Type, string Subtype)
{
    /// <summary>Parameters of the type, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; internal set; } = [];

    /// <summary>Disposition.</summary>
    public BodyDisposition? Disposition { get; internal set; }

    /// <summary>Language tags.</summary>
    public IReadOnlyList<string> Languages { get; internal set; } = [];

    /// <summary>Content-Location.</summary>
    public string? Location { get; internal set; }

    /// <summary>A parameter's value by its name, in any case; null without.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>A multipart.</summary>
/// <param name="Subtype">As <c>MIXED</c>.</param>
/// <param name="Parts">In their order: part 1 is the first. None only from servers that do not follow the grammar.</param>
public sealed record BodyMultipart(string Subtype, IReadOnlyList<BodyPart> Parts) : BodyPart("MULTIPART", Subtype);

/// <summary>A part that is no multipart.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Subtype">Media subtype.</param>
public sealed record BodyLeaf(string Type, string Subtype) : BodyPart(Type, Subtype)
{
    /// <summary>Content-ID.</summary>
    public string? ContentId { get; internal set; }

    /// <summary>Content-Description.</summary>
    public string? Description { get; internal set; }

    /// <summary>Content-Transfer-Encoding; 7BIT for NIL.</summary>
    public string Encoding { get; internal set; } = "7BIT";

    /// <summary>Bytes, encoded.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Lines, for text and message/rfc822.</summary>
    public long? Lines { get; internal set; }

    /// <summary>Content-MD5.</summary>
    public string? Md5 { get; internal set; }

    /// <summary>Envelope of the message inside, for message/rfc822 and message/global.</summary>
    public Envelope? Envelope { get; internal set; }

    /// <summary>Structure of the message inside, for message/rfc822 and message/global.</summary>
    public BodyPart? Body { get; internal set; }
}
