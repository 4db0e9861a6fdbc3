namespace Martlet.Messages.Mime;

/// <summary>
/// The binary form of a message's structure, stored with each message and read for every FETCH of ENVELOPE, BODYSTRUCTURE, PREVIEW and of byte ranges.
/// <see cref="MessageStructure.Encode"/> writes it, <see cref="MessageMeta"/> and the views read it without allocating.
/// </summary>
/// <remarks>
/// Numbers are varints (seven bits a byte, lowest first, at most nine bytes), byte strings have their length before them.
/// <code>
/// meta    = version flags preview part
/// preview = length UTF-8
/// part    = length shape gap headerLength bodyLength lines fieldsLength *field *part
/// field   = tag length value
/// </code>
/// <c>shape</c> holds the kind in bits 0-1 and the presentation in bits 2-3. <c>gap</c> is the distance from the parent's body to the part's header, so
/// only the root changes when trace fields are put before the message, and a part can never be written outside its parent.
/// The fields of BODYSTRUCTURE (tags up to <see cref="MetaTag.Languages"/>) stand before those of the envelope, by ascending tag.
/// The parts stand in pre-order; <c>length</c> lets a reader step over a whole subtree.
/// </remarks>
public static class MetaCodec
{
    /// <summary>The first byte. Another one means another format: <see cref="MessageMeta.TryRead"/> says no and the message is scanned again.</summary>
    public const byte Version = 1;

    /// <summary>How deep a reader goes; what lies deeper in corrupted bytes is presented as a leaf, so recursive walks are safe.</summary>
    public const int DepthMax = 250;

    /// <summary>Longest preview in UTF-16 characters. RFC 8970 §3.1: at most 256 characters.</summary>
    public const int PreviewCharsMax = 256;

    internal const byte HasAttachmentFlag = 1;
    internal const int KindMask = 3;
    internal const int PresentationShift = 2;
}

/// <summary>How a part shows itself: as its header says, or as what it had to become to stay legal.</summary>
internal enum Presentation
{
    AsDeclared = 0,

    /// <summary>A multipart without parts. RFC 9051 §9 <c>body-type-mpart</c> needs at least one.</summary>
    TextPlain = 1,

    /// <summary>A nested message that is not looked into. RFC 9051 §9 <c>media-basic</c> MUST NOT be MESSAGE/RFC822.</summary>
    OctetStream = 2,
}

/// <summary>Which value a field of the binary form holds. Numbers are stored: never reuse one.</summary>
internal enum MetaTag : byte
{
    Type = 1,
    Subtype = 2,
    Parameters = 3,
    Id = 4,
    Description = 5,
    Md5 = 6,
    Location = 7,
    Encoding = 8,
    Disposition = 9,
    Languages = 10,
    Date = 11,
    Subject = 12,
    From = 13,
    Sender = 14,
    ReplyTo = 15,
    To = 16,
    Cc = 17,
    Bcc = 18,
    InReplyTo = 19,
    MessageId = 20,
}
