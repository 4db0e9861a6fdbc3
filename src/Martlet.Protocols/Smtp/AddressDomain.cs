using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>What stands right of the at sign: a domain name, or an address literal such as <c>[192.0.2.1]</c> (RFC 5321 §4.1.3).</summary>
/// <remarks>Two values are equal when they name the same place, whatever the case or form they were written in.</remarks>
public readonly record struct AddressDomain
{
    private const int LabelBytesMax = 63; // RFC 1035 §2.3.4.

    // Underscores are no letters of RFC 5321 §4.1.2, but names of real hosts.
    private static readonly SearchValues<byte> LetDigHyp = SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly IdnMapping Idn = new();

    private AddressDomain(string text, IPAddress? literal)
    {
        Text = text;
        Literal = literal;
    }

    /// <summary>Lower-case A-labels, or the literal with its brackets.</summary>
    public string Text { get; }

    /// <summary>The address of an address literal; null for a name.</summary>
    public IPAddress? Literal { get; }

    /// <summary>Reads a domain or literal.</summary>
    /// <param name="text">ASCII or UTF-8; U-labels become A-labels.</param>
    /// <param name="limits">Lengths.</param>
    /// <param name="domain">The domain.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, AddressLimits limits, out AddressDomain domain)
    {
        domain = default;
        if (text.IsEmpty || text.Length > limits.DomainBytesMax)
        {
            return false;
        }

        if (text[0] == '[')
        {
            return TryParseLiteral(text, out domain);
        }

        string name;
        if (Ascii.IsValid(text))
        {
            // ASCII names go without IDNA: it would keep the case of "XN--" and refuse underscores.
            name = Encoding.ASCII.GetString(text).ToLowerInvariant();
        }
        else if (!TryMap(text, out name) || name.Length > limits.DomainBytesMax)
        {
            return false;
        }

        if (!IsName(name))
        {
            return false;
        }

        domain = new AddressDomain(name, literal: null);
        return true;
    }

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;

    private static bool TryMap(ReadOnlySpan<byte> utf8, out string name)
    {
        name = "";
        try
        {
            name = Idn.GetAscii(StrictUtf8.Encoding.GetString(utf8)).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // Neither API has a form that does not throw: bytes that are not UTF-8, or labels IDNA does not allow.
            return false;
        }
    }

    private static bool IsName(string name)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (name.Length > bytes.Length || !Encoding.ASCII.TryGetBytes(name, bytes, out var length))
        {
            return false;
        }

        var rest = bytes[..length];
        while (true)
        {
            var dot = rest.IndexOf((byte)'.');
            var label = dot < 0 ? rest : rest[..dot];
            if (label.IsEmpty || label.Length > LabelBytesMax || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(LetDigHyp))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            rest = rest[(dot + 1)..];
        }
    }

    private static bool TryParseLiteral(ReadOnlySpan<byte> text, out AddressDomain domain)
    {
        domain = default;
        if (text[^1] != ']')
        {
            return false;
        }

        var inner = text[1..^1];
        var isV6 = inner.Length > 5 && Ascii.EqualsIgnoreCase(inner[..5], "IPv6:"u8);
        if (isV6)
        {
            inner = inner[5..];
        }

        // A scope (%eth0) is no part of RFC 5321 §4.1.3; short and hexadecimal IPv4 forms neither.
        if (inner.ContainsAnyExcept(isV6 ? "0123456789abcdefABCDEF:."u8 : "0123456789."u8) || !IPAddress.TryParse(Encoding.ASCII.GetString(inner), out var address))
        {
            return false;
        }

        if (address.AddressFamily != (isV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork) || (!isV6 && inner.Count((byte)'.') != 3))
        {
            return false;
        }

        domain = new AddressDomain(isV6 ? $"[IPv6:{address}]" : $"[{address}]", address);
        return true;
    }
}
