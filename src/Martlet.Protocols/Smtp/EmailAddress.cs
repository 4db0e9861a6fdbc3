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

    /// <summary>The form for hosts that tell localparts apart by case: as <see cref="Normalized"/>, with the case it came in.</summary>
    public string NormalizedExact => $"{(Ascii.IsValid(Localpart) ? Localpart : Localpart.Normalize(NormalizationForm.FormC))}@{Domain.Text}";

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

    /// <summary>
    /// The addresses that this one is a detail of (RFC 5233), the longest first: with <c>+-</c>, <c>ada-l+books@</c> is a detail of <c>ada-l@</c> and of <c>ada@</c>.
    /// As many as the localpart has separators behind its first character.
    /// </summary>
    /// <param name="separators">Characters that may stand before a detail.</param>
    public IEnumerable<EmailAddress> WithoutDetail(string separators)
    {
        for (var at = Localpart.Length - 1; at > 0; at--)
        {
            if (separators.Contains(Localpart[at], StringComparison.Ordinal))
            {
                yield return new EmailAddress(Localpart[..at], Domain);
            }
        }
    }

    /// <summary>A normalized address as it is written in header fields, its localpart quoted where needed.</summary>
    /// <param name="normalized">As in <see cref="Normalized"/>.</param>
    public static string Write(string normalized)
    {
        var at = normalized.LastIndexOf('@');
        return $"{Smtp.Localpart.Encode(normalized[..at])}{normalized[at..]}";
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
