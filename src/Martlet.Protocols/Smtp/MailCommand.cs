using System.Buffers.Text;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>What BODY says about the content (RFC 6152).</summary>
public enum BodyKind
{
    /// <summary>Nothing was said.</summary>
    Unstated,

    /// <summary>7BIT: ASCII only.</summary>
    SevenBit,

    /// <summary>8BITMIME: bytes above 127 may come.</summary>
    EightBit,
}

/// <summary>MAIL with its parameters: RFC 5321 §4.1.1.2, SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH (RFC 4954 §5).</summary>
/// <param name="From">Envelope-from.</param>
/// <param name="Size">Announced bytes; null when not announced.</param>
/// <param name="Body">What BODY says.</param>
/// <param name="IsUtf8">Whether addresses and header may be UTF-8.</param>
public sealed record MailCommand(ReversePath From, long? Size, BodyKind Body, bool IsUtf8)
{
    private static readonly SmtpReply BadSyntax = new(501, EnhancedStatus.Syntax, "Say: MAIL FROM:<address>");
    private static readonly SmtpReply BadAddress = new(501, EnhancedStatus.BadSenderSyntax, "That is not an address. Say: MAIL FROM:<address>");
    private static readonly SmtpReply NeedsUtf8 = new(553, EnhancedStatus.AddressNotAscii, "The address is not ASCII; add the parameter SMTPUTF8.");

    /// <summary>Reads the argument of MAIL.</summary>
    /// <param name="argument">What follows the verb.</param>
    /// <param name="limits">Lengths.</param>
    /// <param name="refusal">The reply when the result is null.</param>
    public static MailCommand? Read(ReadOnlySpan<byte> argument, AddressLimits limits, out SmtpReply? refusal)
    {
        var reader = new PathReader(argument, limits);
        if (!reader.Keyword("FROM:"u8))
        {
            refusal = BadSyntax;
            return null;
        }

        EmailAddress? address = null;
        if (!reader.Null() && !reader.Path(out address))
        {
            refusal = BadAddress;
            return null;
        }

        var parameters = new Parameters();
        while (!reader.IsAtEnd)
        {
            if (!reader.Parameter(out var name, out var value))
            {
                refusal = BadSyntax;
                return null;
            }

            refusal = parameters.Take(name, value, limits);
            if (refusal is not null)
            {
                return null;
            }
        }

        refusal = address is { IsAscii: false } && !parameters.IsUtf8 ? NeedsUtf8 : null;
        return refusal is null ? new MailCommand(new ReversePath(address), parameters.Size, parameters.Body, parameters.IsUtf8) : null;
    }

    private ref struct Parameters
    {
        private bool _hasAuth;

        public long? Size { get; private set; }

        public BodyKind Body { get; private set; }

        public bool IsUtf8 { get; private set; }

        public SmtpReply? Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, AddressLimits limits)
        {
            if (Ascii.EqualsIgnoreCase(name, "SIZE"u8))
            {
                return Size is null && TrySize(value) ? null : Refuse("SIZE");
            }

            if (Ascii.EqualsIgnoreCase(name, "BODY"u8))
            {
                return Body == BodyKind.Unstated && TryBody(value) ? null : Refuse("BODY");
            }

            if (Ascii.EqualsIgnoreCase(name, "SMTPUTF8"u8))
            {
                var isFirst = !IsUtf8 && value.IsEmpty;
                IsUtf8 = true;
                return isFirst ? null : Refuse("SMTPUTF8");
            }

            if (Ascii.EqualsIgnoreCase(name, "AUTH"u8))
            {
                var isFirst = !_hasAuth;
                _hasAuth = true;
                return isFirst && IsAuth(value, limits) ? null : Refuse("AUTH");
            }

            // RFC 5321 §4.1.1.11.
            return new SmtpReply(555, EnhancedStatus.InvalidArguments, "That MAIL parameter is not known here; leave it out.");
        }

        private static SmtpReply Refuse(string name) => new(501, EnhancedStatus.InvalidArguments, $"The parameter {name} is wrong or given twice.");

        // RFC 1870 §3: up to 20 digits.
        private bool TrySize(ReadOnlySpan<byte> value)
        {
            if (value.IsEmpty || value.Length > 20 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            Size = Utf8Parser.TryParse(value, out long size, out _) ? size : long.MaxValue;
            return true;
        }

        private bool TryBody(ReadOnlySpan<byte> value)
        {
            Body = Ascii.EqualsIgnoreCase(value, "7BIT"u8) ? BodyKind.SevenBit : Ascii.EqualsIgnoreCase(value, "8BITMIME"u8) ? BodyKind.EightBit : BodyKind.Unstated;
            return Body != BodyKind.Unstated;
        }

        // RFC 4954 §5: xtext of a mailbox, or <>. What it says is not used: we have no trusted peers.
        private static bool IsAuth(ReadOnlySpan<byte> value, AddressLimits limits) =>
            value.SequenceEqual("<>"u8) || (Xtext.TryDecode(value, out var decoded) && EmailAddress.TryParse(decoded, out _, limits));
    }
}
