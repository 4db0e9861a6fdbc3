using System.Text;
using Martlet.Messages.Headers;

namespace Martlet.Messages.Mime;

/// <summary>Reads the header of a part: decides what kind of part it is and encodes the values that are kept. Reused from header to header.</summary>
internal sealed class PartFields(MimeLimits limits)
{
    private readonly HeaderIndex _index = new();
    private readonly AddressListReader _addresses = new(limits);
    private readonly MetaWriter _output = new(1024);
    private readonly MetaWriter _value = new();
    private readonly MetaWriter _scratch = new();
    private long _kept;

    /// <summary>The References field of the last header that was read as a message's, unfolded; null when absent.</summary>
    public byte[]? References { get; private set; }

    /// <summary>Fills in kind, presentation, boundary and fields.</summary>
    /// <param name="part">Its header has just ended.</param>
    /// <param name="header">Its header, or the beginning of it.</param>
    /// <param name="isCut">Whether it is only the beginning.</param>
    /// <param name="mayNest">Whether it may have parts, as to depth.</param>
    public void Read(PartNode part, ReadOnlySpan<byte> header, bool isCut, bool mayNest)
    {
        _index.Read(header, isCut, limits.HeaderFieldsMax);
        _output.Clear();
        WriteType(part, header);
        WriteContentFields(part, header);
        Degrade(part, mayNest);
        if (part.Parent is null or { Kind: PartKind.Message })
        {
            WriteEnvelope(header);
        }

        _kept += _output.Length;
        if (_kept <= limits.MetaBytesMax)
        {
            part.Fields = _output.Written.ToArray();
        }
        else
        {
            _kept -= _output.Length;
        }
    }

    private void WriteType(PartNode part, ReadOnlySpan<byte> header)
    {
        _value.Clear();
        if (_index.TryGet(FieldName.ContentType, header, out var raw)
            && ContentTypeParser.TryRead(raw, limits, _value, _scratch, out var type, out var subtype))
        {
            _output.Field(MetaTag.Type, type);
            _output.Field(MetaTag.Subtype, subtype);
            if (_value.Length > 0)
            {
                _output.Field(MetaTag.Parameters, _value.Written);
            }

            if (MediaTypes.IsMultipart(type))
            {
                part.Kind = PartKind.Multipart;
                part.IsDigest = Ascii.EqualsIgnoreCase(subtype, "digest"u8);
                part.Boundary = Boundary(new ParameterListView(_value.Written));
            }
            else if (MediaTypes.IsMessage(type, subtype))
            {
                part.Kind = PartKind.Message;
            }
        }
        else if (part.IsDigestChild)
        {
            part.Kind = PartKind.Message;
        }
    }

    /// <summary>The usable boundary or nothing. RFC 2231 §3 lets a long one come in pieces.</summary>
    private byte[] Boundary(ParameterListView parameters)
    {
        var whole = parameters.Find("boundary"u8);
        _scratch.Clear();
        _scratch.Raw(whole.Value);
        Span<byte> name = stackalloc byte[11];
        "boundary*0"u8.CopyTo(name);
        for (var i = 0; i < 10 && !whole.IsPresent; i++)
        {
            name[9] = (byte)('0' + i);
            var piece = parameters.Find(name[..10]);
            if (!piece.IsPresent)
            {
                break;
            }

            _scratch.Raw(piece.Value);
        }

        // RFC 2046 §5.1.1: a boundary MUST NOT end in white space; what a gateway added there is taken off on both sides.
        var boundary = _scratch.Written.TrimEnd(" \t"u8);
        return boundary.Length <= limits.BoundaryBytesMax ? boundary.ToArray() : [];
    }

    private void WriteContentFields(PartNode part, ReadOnlySpan<byte> header)
    {
        Value(FieldName.ContentId, MetaTag.Id, header);
        Value(FieldName.ContentDescription, MetaTag.Description, header);
        Value(FieldName.ContentMd5, MetaTag.Md5, header);
        Value(FieldName.ContentLocation, MetaTag.Location, header);
        if (_index.TryGet(FieldName.ContentTransferEncoding, header, out var raw))
        {
            var cursor = new HeaderCursor(raw);
            cursor.SkipSpace();
            var encoding = ParameterParser.Cut(cursor.Token(), limits);
            if (!encoding.IsEmpty)
            {
                _output.Field(MetaTag.Encoding, encoding);
            }
        }

        if (_index.TryGet(FieldName.ContentDisposition, header, out raw))
        {
            _value.Clear();
            _scratch.Clear();
            DispositionParser.Write(raw, limits, _value, _scratch);
            _output.Field(MetaTag.Disposition, _value.Written);
        }

        if (_index.TryGet(FieldName.ContentLanguage, header, out raw))
        {
            _value.Clear();
            LanguageListParser.Write(raw, limits, _value);
            _output.Field(MetaTag.Languages, _value.Written);
        }

        part.IsAttachment = Attachments.IsAttachment(part, new FieldsView(_output.Written));
    }

    private void Degrade(PartNode part, bool mayNest)
    {
        if (part.Kind == PartKind.Multipart && (!mayNest || part.Boundary.Length == 0))
        {
            part.Kind = PartKind.Leaf;
            part.Presentation = Presentation.TextPlain;
        }

        // RFC 2046 §5.2.1: a nested message is never encoded itself. If it is, its inside is not ours to number.
        var encoding = new FieldsView(_output.Written)[MetaTag.Encoding].Value;
        if (part.Kind == PartKind.Message
            && (!mayNest || Ascii.EqualsIgnoreCase(encoding, "base64"u8) || Ascii.EqualsIgnoreCase(encoding, "quoted-printable"u8)))
        {
            part.Kind = PartKind.Leaf;
            part.Presentation = Presentation.OctetStream;
        }
    }

    private void WriteEnvelope(ReadOnlySpan<byte> header)
    {
        Value(FieldName.Date, MetaTag.Date, header);
        Value(FieldName.Subject, MetaTag.Subject, header);
        Value(FieldName.InReplyTo, MetaTag.InReplyTo, header);
        Value(FieldName.MessageId, MetaTag.MessageId, header);
        List(FieldName.From, MetaTag.From, header);
        List(FieldName.Sender, MetaTag.Sender, header);
        List(FieldName.ReplyTo, MetaTag.ReplyTo, header);
        List(FieldName.To, MetaTag.To, header);
        List(FieldName.Cc, MetaTag.Cc, header);
        List(FieldName.Bcc, MetaTag.Bcc, header);
        _value.Clear();
        References = null;
        if (_index.TryGet(FieldName.References, header, out var raw))
        {
            Unfolding.Unfold(raw, _value);
            References = ParameterParser.Cut(_value.Written, limits).ToArray();
        }
    }

    private void Value(FieldName name, MetaTag tag, ReadOnlySpan<byte> header)
    {
        if (_index.TryGet(name, header, out var raw))
        {
            _value.Clear();
            Unfolding.Unfold(raw, _value);
            _output.Field(tag, ParameterParser.Cut(_value.Written, limits));
        }
    }

    private void List(FieldName name, MetaTag tag, ReadOnlySpan<byte> header)
    {
        if (_index.TryGet(name, header, out var raw))
        {
            _value.Clear();
            _addresses.Write(raw, _value);
            if (_value.Length > 0)
            {
                _output.Field(tag, _value.Written);
            }
        }
    }
}
