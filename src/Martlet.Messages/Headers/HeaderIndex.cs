using System.Text;

namespace Martlet.Messages.Headers;

/// <summary>Fields that the scanner reads.</summary>
internal enum FieldName
{
    Date,
    Subject,
    InReplyTo,
    MessageId,
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Bcc,
    References,
    ContentType,
    ContentTransferEncoding,
    ContentId,
    ContentDescription,
    ContentMd5,
    ContentDisposition,
    ContentLanguage,
    ContentLocation,
    Other,
}

/// <summary>Where the known fields of one header are. Of a field that occurs twice the first counts. Reused from header to header.</summary>
internal sealed class HeaderIndex
{
    private readonly (int Begin, int End)[] _ranges = new (int, int)[(int)FieldName.Other];
    private int _found;

    /// <summary>Reads a header: lines up to its end, the empty line may be there or not. Lines that are no field are skipped.</summary>
    /// <param name="header">The bytes that <see cref="TryGet"/> is asked about later.</param>
    /// <param name="isCut">The header is longer than this: its last field is unfinished and does not count.</param>
    /// <param name="fieldsMax">Fields after these are not looked at.</param>
    public void Read(ReadOnlySpan<byte> header, bool isCut, int fieldsMax)
    {
        _found = 0;
        var begin = 0;
        for (var count = 0; count < fieldsMax && begin < header.Length; count++)
        {
            var end = FieldEnd(header, begin);
            if (isCut && end == header.Length)
            {
                return;
            }

            Add(header[begin..end], begin);
            begin = end;
        }
    }

    /// <summary>The bytes after the colon, still folded.</summary>
    public bool TryGet(FieldName name, ReadOnlySpan<byte> header, out ReadOnlySpan<byte> value)
    {
        var isThere = (_found & 1 << (int)name) != 0;
        var (begin, end) = isThere ? _ranges[(int)name] : default;
        value = header[begin..end];
        return isThere;
    }

    private void Add(ReadOnlySpan<byte> field, int begin)
    {
        // The names we look for are short; a longer line without a colon need not be searched to its end.
        var colon = field[..Math.Min(field.Length, 64)].IndexOf((byte)':');
        if (colon <= 0)
        {
            return;
        }

        var name = Classify(field[..colon].TrimEnd(" \t"u8));
        if (name != FieldName.Other && (_found & 1 << (int)name) == 0)
        {
            _found |= 1 << (int)name;
            _ranges[(int)name] = (begin + colon + 1, begin + field.Length);
        }
    }

    /// <summary>A field goes on as long as lines begin with space or tab.</summary>
    private static int FieldEnd(ReadOnlySpan<byte> header, int begin)
    {
        while (true)
        {
            var length = header[begin..].IndexOf((byte)'\n') + 1;
            begin = length == 0 ? header.Length : begin + length;
            if (begin == header.Length || header[begin] is not ((byte)' ' or (byte)'\t'))
            {
                return begin;
            }
        }
    }

    private static FieldName Classify(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Is(name, "To"u8, FieldName.To) ?? Is(name, "Cc"u8, FieldName.Cc) ?? FieldName.Other,
        3 => Is(name, "Bcc"u8, FieldName.Bcc) ?? FieldName.Other,
        4 => Is(name, "Date"u8, FieldName.Date) ?? Is(name, "From"u8, FieldName.From) ?? FieldName.Other,
        6 => Is(name, "Sender"u8, FieldName.Sender) ?? FieldName.Other,
        7 => Is(name, "Subject"u8, FieldName.Subject) ?? FieldName.Other,
        8 => Is(name, "Reply-To"u8, FieldName.ReplyTo) ?? FieldName.Other,
        10 => Is(name, "Message-ID"u8, FieldName.MessageId) ?? Is(name, "References"u8, FieldName.References)
            ?? Is(name, "Content-ID"u8, FieldName.ContentId) ?? FieldName.Other,
        11 => Is(name, "In-Reply-To"u8, FieldName.InReplyTo) ?? Is(name, "Content-MD5"u8, FieldName.ContentMd5) ?? FieldName.Other,
        12 => Is(name, "Content-Type"u8, FieldName.ContentType) ?? FieldName.Other,
        16 => Is(name, "Content-Language"u8, FieldName.ContentLanguage) ?? Is(name, "Content-Location"u8, FieldName.ContentLocation) ?? FieldName.Other,
        19 => Is(name, "Content-Disposition"u8, FieldName.ContentDisposition) ?? Is(name, "Content-Description"u8, FieldName.ContentDescription)
            ?? FieldName.Other,
        25 => Is(name, "Content-Transfer-Encoding"u8, FieldName.ContentTransferEncoding) ?? FieldName.Other,
        _ => FieldName.Other,
    };

    private static FieldName? Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, FieldName field) =>
        Ascii.EqualsIgnoreCase(name, known) ? field : null;
}
