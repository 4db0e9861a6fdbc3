using System.Buffers;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>Reads the argument of MAIL and RCPT from left to right (RFC 5321 §4.1.2). After the first failure nothing more is read.</summary>
internal ref struct PathReader(ReadOnlySpan<byte> argument, AddressLimits limits)
{
    // esmtp-keyword.
    private static readonly SearchValues<byte> KeywordChar = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private ReadOnlySpan<byte> _rest = argument;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.Trim((byte)' ').IsEmpty;

    /// <summary>Takes <c>FROM:</c> or <c>TO:</c> in any case, and one space after it, which many clients send.</summary>
    public bool Keyword(ReadOnlySpan<byte> keyword)
    {
        if (_rest.Length < keyword.Length || !Ascii.EqualsIgnoreCase(_rest[..keyword.Length], keyword))
        {
            return false;
        }

        _rest = _rest[keyword.Length..];
        if (_rest is [(byte)' ', ..])
        {
            _rest = _rest[1..];
        }

        return true;
    }

    /// <summary>Takes <c>&lt;&gt;</c>.</summary>
    public bool Null()
    {
        if (!_rest.StartsWith("<>"u8))
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    /// <summary>Takes <c>&lt;postmaster&gt;</c>, the one address without a domain (RFC 5321 §4.5.1).</summary>
    public bool Postmaster()
    {
        if (_rest.Length < 12 || !Ascii.EqualsIgnoreCase(_rest[..12], "<postmaster>"u8))
        {
            return false;
        }

        _rest = _rest[12..];
        return true;
    }

    /// <summary>Takes a path with an address; a source route before it is read and forgotten (RFC 5321 §4.1.1.3).</summary>
    public bool Path(out EmailAddress? address)
    {
        address = null;
        if (_rest is not [(byte)'<', ..])
        {
            return false;
        }

        var inner = _rest[1..];
        if (inner is [(byte)'@', ..] && !SkipRoute(ref inner))
        {
            return false;
        }

        var localpart = Localpart.Measure(inner);
        if (localpart <= 0)
        {
            return false;
        }

        // No domain holds a ">", so the first one after the localpart ends the path.
        var end = inner[localpart..].IndexOf((byte)'>');
        if (end < 0 || !EmailAddress.TryParse(inner[..(localpart + end)], out address, limits))
        {
            return false;
        }

        var length = _rest.Length - inner.Length + localpart + end + 1;
        _rest = _rest[length..];
        return length <= limits.PathBytesMax;
    }

    /// <summary>Takes the next parameter.</summary>
    public bool Parameter(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (_rest is not [(byte)' ', ..])
        {
            return false;
        }

        _rest = _rest.TrimStart((byte)' ');
        var space = _rest.IndexOf((byte)' ');
        var parameter = space < 0 ? _rest : _rest[..space];
        _rest = _rest[parameter.Length..];
        var equals = parameter.IndexOf((byte)'=');
        name = equals < 0 ? parameter : parameter[..equals];
        value = equals < 0 ? default : parameter[(equals + 1)..];
        return !name.IsEmpty && (equals < 0 || !value.IsEmpty) && !name.ContainsAnyExcept(KeywordChar);
    }

    // A-d-l = At-domain *( "," At-domain ), then ":".
    private readonly bool SkipRoute(ref ReadOnlySpan<byte> inner)
    {
        var colon = RouteEnd(inner);
        if (colon < 0)
        {
            return false;
        }

        foreach (var hop in inner[..colon].Split((byte)','))
        {
            if (inner[hop] is not [(byte)'@', .. var domain] || !AddressDomain.TryParse(domain, limits, out _))
            {
                return false;
            }
        }

        inner = inner[(colon + 1)..];
        return true;
    }

    // The colon outside brackets: IPv6 literals hold some.
    private static int RouteEnd(ReadOnlySpan<byte> route)
    {
        var isLiteral = false;
        for (var i = 0; i < route.Length; i++)
        {
            if (route[i] == ':' && !isLiteral)
            {
                return i;
            }

            isLiteral = (isLiteral || route[i] == '[') && route[i] != ']';
        }

        return -1;
    }
}
