using System.Buffers;
using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>The state of reading one list, and its scratch buffers for the next.</summary>
internal sealed class AddressListReader(MimeLimits limits)
{
    private static readonly SearchValues<byte> Specials = SearchValues.Create(" \t\r\n\0\"(<>,:;@["u8);

    private static readonly SearchValues<byte> LiteralEnds = SearchValues.Create("[]<>,;\"("u8);

    /// <summary>The words outside angle brackets: a display name, or an address without brackets.</summary>
    private readonly MetaWriter _text = new();
    private readonly MetaWriter _comment = new();

    /// <summary>What stands in angle brackets.</summary>
    private readonly MetaWriter _angle = new();

    private int _textAt;
    private int _angleAt;
    private bool _hasAngle;
    private bool _hasWord;
    private bool _spaceIsDue;
    private int _nameLength;
    private bool _isInGroup;
    private int _count;

    /// <summary>See <see cref="HeaderCursor.Work"/>.</summary>
    public long Work { get; private set; }

    public void Write(ReadOnlySpan<byte> value, MetaWriter output)
    {
        _count = 0;
        _isInGroup = false;
        Clear();
        var cursor = new HeaderCursor(value);
        while (!cursor.AtEnd && _count < limits.AddressesMax)
        {
            Step(ref cursor, output);
        }

        Flush(output);
        EndGroup(output);
        Work = cursor.Work;
    }

    private void Step(ref HeaderCursor cursor, MetaWriter output)
    {
        if (cursor.SkipSpace(_comment))
        {
            _spaceIsDue = true;
            return;
        }

        var special = cursor.Rest[0];
        switch (special)
        {
            case (byte)',':
                cursor.Skip(1);
                Flush(output);
                break;
            case (byte)';':
                cursor.Skip(1);
                Flush(output);
                EndGroup(output);
                break;
            case (byte)':' when !_isInGroup && _textAt < 0 && !_hasAngle:
                cursor.Skip(1);
                BeginGroup(output);
                break;
            case (byte)'<':
                cursor.Skip(1);
                Angle(ref cursor, output);
                break;
            case (byte)'>':
                cursor.Skip(1);
                break;
            case (byte)'@':
                cursor.Skip(1);
                _textAt = _text.Length;
                _text.Byte(special);
                _spaceIsDue = false;
                break;
            case (byte)'"':
                Space(special);
                _hasWord = true;
                if (!cursor.TryQuoted(_text))
                {
                    cursor.Skip(1);
                    _text.Byte(special);
                }

                break;
            default:
                Space(special);
                Word(ref cursor, _text);
                break;
        }
    }

    /// <summary>Takes a run without specials, an address literal, or one special as text.</summary>
    private static void Word(ref HeaderCursor cursor, MetaWriter target)
    {
        var rest = cursor.Rest;
        var literal = rest[0] == '[' ? rest[1..].IndexOfAny(LiteralEnds) + 1 : 0;
        var end = rest.IndexOfAny(Specials);
        var length = literal > 0 && rest[literal] == ']' ? literal + 1 : end < 0 ? rest.Length : Math.Max(end, 1);
        Unfolding.Unfold(rest[..length], target);
        cursor.Skip(length);
        cursor.AddWork(length + literal);
    }

    /// <summary>Writes the space that stood before a word, but not around the dots of a domain (RFC 5322 §4.4 obs-domain).</summary>
    private void Space(byte next)
    {
        var isInDomain = _textAt >= 0 && (next == '.' || _text.Written[^1] == '.');
        if (_spaceIsDue && _text.Length > 0 && _text.Length > _textAt + 1 && !isInDomain)
        {
            _text.Byte((byte)' ');
        }

        _spaceIsDue = false;
    }

    /// <summary>Reads up to the closing bracket. A missing one is closed by a comma or semicolon after an @.</summary>
    private void Angle(ref HeaderCursor cursor, MetaWriter output)
    {
        if (_hasAngle)
        {
            // Two addresses without a comma: the words between them are the name of the second.
            Emit(output, _text.Written[.._nameLength], _angle.Written, _angleAt);
            var between = _text.Written[_nameLength..].TrimStart((byte)' ').ToArray();
            Clear();
            _text.Raw(between);
            _hasWord = between.Length > 0;
            if (_count >= limits.AddressesMax)
            {
                return;
            }
        }

        _hasAngle = true;
        _nameLength = _text.Length;
        _hasWord |= _text.Length > 0;
        _angle.Clear();
        _angleAt = -1;
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.AtEnd)
            {
                break;
            }

            var special = cursor.Rest[0];
            if (special is (byte)',' or (byte)';' && _angleAt > 0 && _angle.Written[0] != '@')
            {
                break;
            }

            if (special == '"' && cursor.TryQuoted(_angle))
            {
                continue;
            }

            if (special is (byte)'[' || !Specials.Contains(special))
            {
                Word(ref cursor, _angle);
                continue;
            }

            cursor.Skip(1);
            if (special == '>')
            {
                break;
            }

            if (special == ':' && _angle.Length > 0 && _angle.Written[0] == '@')
            {
                // RFC 5322 §4.4 obs-route: "@a,@b:" is accepted and ignored.
                _angle.Clear();
                _angleAt = -1;
                continue;
            }

            if (special == '@')
            {
                _angleAt = _angle.Length;
            }

            if (special != '<')
            {
                _angle.Byte(special);
            }
        }
    }

    private void Flush(MetaWriter output)
    {
        if (_count < limits.AddressesMax)
        {
            if (_hasAngle)
            {
                Emit(output, _nameLength > 0 ? _text.Written[.._nameLength] : _text.Written, _angle.Written, _angleAt);
            }
            else if (_hasWord || _text.Length > 0)
            {
                EmitBare(output);
            }
        }

        Clear();
    }

    /// <summary>An address without brackets. Words after the domain are dropped; the name can only be a comment.</summary>
    private void EmitBare(MetaWriter output)
    {
        var text = _text.Written;
        var at = _textAt;
        var end = at < 0 ? -1 : text[at..].IndexOf((byte)' ');
        if (end > 0)
        {
            text = text[..(at + end)];
        }

        _hasWord = false;
        Emit(output, default, text, at);
    }

    private void Emit(MetaWriter output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> address, int at)
    {
        if (name.IsEmpty && _comment.Length > 0)
        {
            name = _comment.Written.Trim(Unfolding.SpaceBytes);
        }

        var hasName = !name.IsEmpty || _hasWord;
        output.Byte((byte)((hasName ? AddressView.NameBit : 0) | AddressView.MailboxBit | AddressView.HostBit));
        if (hasName)
        {
            output.Bytes(Cut(name));
        }

        output.Bytes(Cut(at < 0 ? address : address[..at].TrimEnd((byte)' ')));
        output.Bytes(Cut(at < 0 ? default : address[(at + 1)..]));
        _count++;
    }

    private void BeginGroup(MetaWriter output)
    {
        output.Byte(AddressView.MailboxBit);
        output.Bytes(Cut(_text.Written));
        _count++;
        _isInGroup = true;
        Clear();
    }

    private void EndGroup(MetaWriter output)
    {
        if (_isInGroup)
        {
            // Written even at the limit: a group that is never closed would swallow what the client shows after it.
            output.Byte(0);
            _count++;
            _isInGroup = false;
        }
    }

    private void Clear()
    {
        _text.Clear();
        _comment.Clear();
        _textAt = -1;
        _hasAngle = false;
        _hasWord = false;
        _spaceIsDue = false;
        _nameLength = 0;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value) => ParameterParser.Cut(value, limits);
}
