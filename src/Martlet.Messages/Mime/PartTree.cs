namespace Martlet.Messages.Mime;

/// <summary>
/// The part tree as it grows: told about content, ends of headers and delimiter lines, it opens and closes parts. The open parts are a chain from the root
/// to <see cref="_current"/>.
/// </summary>
internal sealed class PartTree
{
    private readonly MimeLimits _limits;
    private readonly PartNode _root;
    private readonly PartFields _fields;
    private readonly PreviewMaker _preview;
    private readonly MetaWriter _header = new(4096);

    /// <summary>Open multiparts, the innermost last.</summary>
    private readonly List<PartNode> _boundaries = [];

    private PartNode _current;
    private int _depth = 1;
    private int _partCount = 1;
    private int _nestedMessages;
    private bool _hasAttachment;
    private bool _headerIsCut;
    private byte[]? _references;
    private long _offset;
    private long _lines;
    private byte _last;
    private byte _beforeLast;

    public PartTree(MimeLimits limits)
    {
        _limits = limits;
        _fields = new PartFields(limits);
        _preview = new PreviewMaker(limits);
        _root = _current = new PartNode(null, 0, false);
    }

    public bool IsInHeader { get; private set; } = true;

    public bool HasBoundary => _boundaries.Count > 0;

    /// <summary>Bytes of the current header or body.</summary>
    public void Content(ReadOnlySpan<byte> bytes)
    {
        if (IsInHeader)
        {
            KeepHeader(bytes);
        }
        else if (_preview.IsOpen)
        {
            _preview.Take(bytes);
        }

        _offset += bytes.Length;
        _lines += bytes.Count((byte)'\n');
        _beforeLast = bytes.Length > 1 ? bytes[^2] : _last;
        _last = bytes[^1];
    }

    /// <summary>The header is complete, by its empty line.</summary>
    public void EndHeader() => EndHeader(_offset, _lines);

    /// <summary>Looks at a whole line that begins with two dashes.</summary>
    /// <returns>False when it is content.</returns>
    public bool TryDelimiter(ReadOnlySpan<byte> line)
    {
        var text = line[2..].TrimEnd(" \t\r\n"u8);
        for (var i = _boundaries.Count - 1; i >= 0; i--)
        {
            var boundary = _boundaries[i].Boundary;
            var isClose = text.Length == boundary.Length + 2 && text.EndsWith("--"u8);
            if ((isClose || text.Length == boundary.Length) && text.StartsWith(boundary))
            {
                return isClose || _partCount < _limits.PartsMax ? Delimit(_boundaries[i], isClose, line) : Stop();
            }
        }

        return false;
    }

    public MessageStructure Finish()
    {
        CloseUpTo(null, _offset, _lines);
        return new MessageStructure(_root, _partCount, _hasAttachment, _preview.Result, _references);
    }

    private bool Delimit(PartNode multipart, bool isClose, ReadOnlySpan<byte> line)
    {
        // Counted before the parts above are closed: a header that is cut off here may open a nested message, and it may not take the last place.
        _partCount += isClose ? 0 : 1;

        // The line end before the delimiter belongs to it: RFC 2046 §5.1.1.
        var lineEnd = _last != '\n' ? 0 : _beforeLast == '\r' ? 2 : 1;
        CloseUpTo(multipart, _offset - lineEnd, _lines - (lineEnd > 0 ? 1 : 0));
        Content(line);
        if (isClose)
        {
            _boundaries.RemoveAt(_boundaries.Count - 1);
        }
        else
        {
            Open(multipart, _offset);
        }

        return true;
    }

    /// <summary>The parts are used up: the rest, delimiters and all, belongs to the last one.</summary>
    private bool Stop()
    {
        _boundaries.Clear();
        return false;
    }

    private void Open(PartNode parent, long at)
    {
        _current = parent.AddChild(at);
        _depth++;
        IsInHeader = true;
    }

    private void KeepHeader(ReadOnlySpan<byte> bytes)
    {
        var room = (_current.Parent is null ? _limits.RootHeaderBytesMax : _limits.PartHeaderBytesMax) - _header.Length;
        _headerIsCut |= bytes.Length > room;
        _header.Raw(bytes[..Math.Min(bytes.Length, room)]);
    }

    private void EndHeader(long at, long lines)
    {
        var part = _current;
        part.BodyBegin = at;
        part.Lines = lines;
        _fields.Read(part, _header.Written, _headerIsCut, _depth < _limits.DepthMax);
        _header.Clear();
        _headerIsCut = false;
        IsInHeader = false;
        if (part.Parent is null)
        {
            _references = _fields.References;
        }

        if (part.Kind == PartKind.Message && _partCount >= _limits.PartsMax)
        {
            part.Kind = PartKind.Leaf;
            part.Presentation = Presentation.OctetStream;
        }

        _hasAttachment |= part.IsAttachment && _nestedMessages == 0;
        switch (part.Kind)
        {
            case PartKind.Multipart:
                _boundaries.Add(part);
                break;
            case PartKind.Message:
                _nestedMessages++;
                _partCount++;
                Open(part, at);
                break;
            case PartKind.Leaf:
            default:
                _preview.Begin(part);
                break;
        }
    }

    /// <summary>Closes the parts below <paramref name="survivor"/>, or all. An end never lies before the begin, nor a parent's before its child's.</summary>
    private void CloseUpTo(PartNode? survivor, long end, long lines)
    {
        // At the end of a header a nested message begins, whose header then ends here too.
        while (IsInHeader && _current != survivor)
        {
            NotBefore(_current.HeaderBegin, ref end, ref lines);
            EndHeader(end, lines);
        }

        for (; _current != survivor; _current = _current.Parent!)
        {
            var part = _current;
            NotBefore(part.BodyBegin, ref end, ref lines);
            part.End = end;
            part.Lines = lines - part.Lines;
            _depth--;
            Close(part);
            if (part.Parent is null)
            {
                return;
            }
        }
    }

    /// <summary>What begins right at the delimiter keeps the line end before it, which is part of its header or boundary, not of its body.</summary>
    private void NotBefore(long begin, ref long end, ref long lines)
    {
        if (begin > end)
        {
            end = begin;
            lines = _lines;
        }
    }

    private void Close(PartNode part)
    {
        switch (part.Kind)
        {
            case PartKind.Multipart:
                if (_boundaries.Count > 0 && _boundaries[^1] == part)
                {
                    _boundaries.RemoveAt(_boundaries.Count - 1);
                }

                if (part.Children is null)
                {
                    // RFC 9051 §9: body-type-mpart has at least one body.
                    part.Kind = PartKind.Leaf;
                    part.Presentation = Presentation.TextPlain;
                }

                break;
            case PartKind.Message:
                _nestedMessages--;
                break;
            case PartKind.Leaf:
            default:
                _preview.End();
                break;
        }
    }
}
