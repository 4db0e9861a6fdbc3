using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>
/// An address: localpart and domain, decoded. Used wherever an address enters (SMTP paths, logins, the command line), so that all of them mean the same
/// account by the same characters.
/// </summary>
/// <remarks>Immutable. Equality is that of <see cref="Normalized"/>.</remarks>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    private EmailAddress(string localpart, AddressDomain domain)
    {
        Localpart = localpart;
        Domain = domain;
        NormalizedLocalpart = Fold(localpart);
        Normalized = $"{NormalizedLocalpart}@{domain.Text}";
    }

    /// <summary>Left of the at sign, without quotes and escapes, in the case it came in. Never empty, never with control characters.</summary>
    public string Localpart { get; }

    /// <summary>Right of the at sign.</summary>
    public AddressDomain Domain { get; }

    /// <summary>
    /// The form for comparing and for directory lookups: decoded localpart in NFC and lower case, at sign, domain in lower-case A-labels. The localpart may hold
    /// spaces and at signs; the domain starts after the last one.
    /// </summary>
    /// <remarks>RFC 5321 §2.4 leaves the case of localparts to their host; here they are compared without it, as people expect.</remarks>
    public string Normalized { get; }

    /// <summary><see cref="Normalized"/> without the detail of plus addressing (RFC 5233): <c>user+detail@</c> is <c>user@</c>; null when there is none.</summary>
    public string? NormalizedWithoutDetail => NormalizedLocalpart.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? $"{NormalizedLocalpart[..plus]}@{Domain.Text}" : null;

    /// <summary>Whether the address can go where SMTPUTF8 is not spoken: the domain always can, as A-labels.</summary>
    public bool IsAscii => Ascii.IsValid(Localpart);

    private string NormalizedLocalpart { get; }

    /// <summary>Reads an address without brackets.</summary>
    /// <param name="text">ASCII or UTF-8, nothing before or after the address.</param>
    /// <param name="address">The address.</param>
    /// <param name="limits">Lengths; the default ones when null.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out EmailAddress? address, AddressLimits? limits = null)
    {
        address = null;
        limits ??= AddressLimits.Default;
        var length = Smtp.Localpart.Measure(text);
        if (length <= 0 || length > limits.LocalpartBytesMax || length >= text.Length || text[length] != '@')
        {
            return false;
        }

        if (!Smtp.Localpart.TryDecode(text[..length], out var localpart) || !AddressDomain.TryParse(text[(length + 1)..], limits, out var domain))
        {
            return false;
        }

        address = new EmailAddress(localpart, domain);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out EmailAddress?, AddressLimits?)"/>
    public static bool TryParse(string text, [NotNullWhen(true)] out EmailAddress? address, AddressLimits? limits = null)
    {
        address = null;
        // Lone surrogates have no UTF-8; GetBytes would replace them.
        return text.Length <= 1024 && IsWellFormed(text) && TryParse(Encoding.UTF8.GetBytes(text), out address, limits);
    }

    /// <summary>The address as it is written in paths and header fields, quoted where needed; never with line ends.</summary>
    public override string ToString() => $"{Smtp.Localpart.Encode(Localpart)}@{Domain.Text}";

    /// <inheritdoc/>
    public bool Equals(EmailAddress? other) => other is not null && Normalized == other.Normalized;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    // Lower case may leave NFC (U+0130), so it is put back.
    private static string Fold(string localpart) =>
        Ascii.IsValid(localpart)
            ? localpart.ToLowerInvariant()
            : localpart.Normalize(NormalizationForm.FormC).ToLowerInvariant().Normalize(NormalizationForm.FormC);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
