namespace Martlet.Messages.Mime;

/// <summary>What a part is made of.</summary>
public enum PartKind
{
    /// <summary>Bytes.</summary>
    Leaf,

    /// <summary>One or more parts.</summary>
    Multipart,

    /// <summary>One nested message: message/rfc822 or message/global.</summary>
    Message,
}

/// <summary>
/// A part of a message: what BODYSTRUCTURE says about it and where its bytes are. The root part is the message itself.
/// </summary>
/// <remarks>
/// Offsets count from the first byte of the stored message. <c>HeaderBegin ≤ BodyBegin ≤ End</c>, and a part lies inside its parent's body, whatever the
/// stored bytes say; that the root's end is the size of the message is for the caller to check. The view borrows the encoded bytes.
/// </remarks>
public readonly ref struct PartView
{
    private readonly FieldsView _fields;
    private readonly FieldsView _others; // Behind the type and its parameters.
    private readonly ReadOnlySpan<byte> _children;
    private readonly Presentation _presentation;
    private readonly int _depth;
    private readonly bool _hasOwnType;

    /// <summary>Reads one part without its length prefix. Broken bytes give a leaf with empty ranges.</summary>
    internal PartView(ReadOnlySpan<byte> record, long parentBody, long limit, int depth)
    {
        var reader = new MetaReader(record);
        var shape = reader.Byte();
        HeaderBegin = Advance(parentBody, reader.Number(), limit);
        BodyBegin = Advance(HeaderBegin, reader.Number(), limit);
        End = Advance(BodyBegin, reader.Number(), limit);
        Lines = (int)Math.Min(reader.Number(), int.MaxValue);
        _fields = new FieldsView(reader.Bytes());
        _others = _fields.After(MetaTag.Parameters);
        _depth = depth;
        _presentation = (Presentation)(shape >> MetaCodec.PresentationShift & MetaCodec.KindMask);
        var kind = (PartKind)(shape & MetaCodec.KindMask);
        if (kind is PartKind.Multipart or PartKind.Message)
        {
            _children = reader.Rest;
            Kind = depth < MetaCodec.DepthMax && new PartListView.Enumerator(_children, BodyBegin, End, depth, 1).MoveNext() ? kind : PartKind.Leaf;
        }

        var type = _fields[MetaTag.Type];
        var subtype = _fields[MetaTag.Subtype].Value;
        _hasOwnType = _presentation == Presentation.AsDeclared && type.IsPresent && (Kind != PartKind.Leaf || !PromisesParts(type.Value, subtype));
        Type = _hasOwnType ? type.Value : DefaultType.Type;
        Subtype = _hasOwnType ? subtype : DefaultType.Subtype;
    }

    /// <summary>Whether it has parts, and which.</summary>
    public PartKind Kind { get; }

    /// <summary>Where the header begins; 0 for the root.</summary>
    public long HeaderBegin { get; }

    /// <summary>Where the header with its empty line ends and the body begins.</summary>
    public long BodyBegin { get; }

    /// <summary>Where the body ends, exclusive. The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).</summary>
    public long End { get; }

    /// <summary>How many line ends (LF) the body has, still encoded: body-fld-lines of text and of nested messages.</summary>
    public int Lines { get; }

    /// <summary>The media type as sent, such as <c>text</c>; the default where the field is absent or malformed (RFC 2045 §5.2, RFC 2046 §5.1.5).</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The media subtype as sent, such as <c>plain</c>, or the default.</summary>
    public ReadOnlySpan<byte> Subtype { get; }

    /// <summary>The parameters of the Content-Type; <c>charset=us-ascii</c> where the type is the default.</summary>
    public ParameterListView Parameters => new(_hasOwnType ? _fields[MetaTag.Parameters].Value : DefaultType.Parameters);

    /// <summary>The Content-ID field with its angle brackets.</summary>
    public OptionalBytes Id => _others[MetaTag.Id];

    /// <summary>The Content-Description field.</summary>
    public OptionalBytes Description => _others[MetaTag.Description];

    /// <summary>The Content-MD5 field (RFC 1864).</summary>
    public OptionalBytes Md5 => _others[MetaTag.Md5];

    /// <summary>The Content-Location field (RFC 2557 §4).</summary>
    public OptionalBytes Location => _others[MetaTag.Location];

    /// <summary>The Content-Transfer-Encoding as sent; absent or empty means 7BIT (RFC 2045 §6.1) and reads as absent.</summary>
    public OptionalBytes Encoding => _others[MetaTag.Encoding];

    /// <summary>The Content-Disposition field.</summary>
    public DispositionView Disposition => new(_others[MetaTag.Disposition]);

    /// <summary>The tags of the Content-Language field; none when it is absent or has none.</summary>
    public LanguageListView Languages => new(_others[MetaTag.Languages].Value);

    /// <summary>Whether the part has a Content-Language field, be it empty or malformed.</summary>
    public bool HasLanguages => _others[MetaTag.Languages].IsPresent;

    /// <summary>The parts of a multipart, at least one; the one root part of a nested message; none of a leaf.</summary>
    public PartListView Children => Kind == PartKind.Leaf ? default : new PartListView(_children, BodyBegin, End, _depth, ChildrenMax);

    /// <summary>How many <see cref="Children"/> there are. O(n), children are stepped over.</summary>
    public int ChildCount => Children.Count;

    /// <summary>The envelope of the nested message; without any field unless <see cref="Kind"/> is <see cref="PartKind.Message"/>.</summary>
    public EnvelopeView Envelope => Kind == PartKind.Message ? NestedRoot.OwnEnvelope : default;

    /// <summary>The bytes of <c>BODY[n]</c>: the body without the part's header. For a message/rfc822 part that is the whole nested message.</summary>
    public (long Begin, long End) BodyRange => (BodyBegin, End);

    /// <summary>The bytes of <c>BODY[n.MIME]</c>: the part's own header with its empty line. For the root it is <c>BODY[HEADER]</c>.</summary>
    public (long Begin, long End) MimeHeaderRange => (HeaderBegin, BodyBegin);

    /// <summary>The bytes of <c>BODY[n.HEADER]</c>: the header of the nested message. Empty unless the part is one.</summary>
    public (long Begin, long End) NestedHeaderRange => Kind == PartKind.Message ? NestedRoot.MimeHeaderRange : (BodyBegin, BodyBegin);

    /// <summary>The bytes of <c>BODY[n.TEXT]</c>: the body of the nested message. Empty unless the part is one.</summary>
    public (long Begin, long End) NestedTextRange => Kind == PartKind.Message ? NestedRoot.BodyRange : (BodyBegin, BodyBegin);

    internal EnvelopeView OwnEnvelope => new(_others);

    internal PartView NestedRoot
    {
        get
        {
            foreach (var child in Children)
            {
                return child;
            }

            return default;
        }
    }

    private int ChildrenMax => Kind == PartKind.Message ? 1 : int.MaxValue;

    private DefaultType DefaultType => Kind switch
    {
        PartKind.Multipart => DefaultType.Mixed,
        PartKind.Message => DefaultType.Message,
        _ => _presentation == Presentation.OctetStream ? DefaultType.OctetStream : DefaultType.Text,
    };

    // Types that a leaf read from corrupted bytes may not have.
    private static bool PromisesParts(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) => MediaTypes.IsMultipart(type) || MediaTypes.IsMessage(type, subtype);

    private static long Advance(long from, long by, long limit) => by > limit - from ? limit : from + by;
}
