using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Martlet.Network.Tls;

/// <summary>The public key in a PEM text (RFC 7468) that somebody gives us so that it logs in. The text is anybody's; a private key in it is not taken.</summary>
/// <param name="Key">What is known of the key. It is usable.</param>
/// <param name="CommonName">Name in the certificate, if it can be shown in one line and is not longer than <see cref="ClientKeyFiles.NameLengthMax"/>; else null.</param>
/// <param name="Text">The one certificate or public key of the text, in PEM without what was around it.</param>
public sealed record ClientKeyPem(ClientKey Key, string? CommonName, string Text)
{
    /// <summary>Longest text that is looked at, in characters: the largest certificate in base64, and what openssl x509 -text writes around it.</summary>
    public const int CharsMax = 32 * 1024;

    private const string Certificate = "CERTIFICATE";
    private const string PublicKey = "PUBLIC KEY";
    private const string CommonNameId = "2.5.4.3";

    /// <summary>Reads a text with one certificate or one public key.</summary>
    /// <param name="text">PEM; other text around it is skipped.</param>
    /// <param name="problem">A sentence for whoever gave the text: why it is not taken and what to do. Empty when it is.</param>
    /// <returns>Null when it is not taken.</returns>
    public static ClientKeyPem? Read(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > CharsMax)
        {
            problem = $"This is too long to be a certificate: more than {CharsMax} characters.";
            return null;
        }

        // Also of a key that is cut off or encrypted: its owner should know what was about to be given away.
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            problem = "There is a private key in this. Keep it where it is, and give the certificate only.";
            return null;
        }

        if (Find(text, out problem) is not { } found)
        {
            return null;
        }

        var key = found.Label == Certificate ? ClientKey.FromCertificate(found.Bytes) : ClientKey.FromPublicKey(found.Bytes);
        problem = key switch
        {
            null => "The certificate or public key cannot be read, or is too large.",
            { IsUsable: true } => "",
            { Type: "unknown" } => "This kind of key is not known: Ed25519, Ed448, ECDSA on P-256, P-384 and P-521, and RSA are.",
            { Type: var type } => $"A key of type {type} is not taken: RSA keys have from {ClientKey.RsaBitsMin} to {ClientKey.RsaBitsMax} bits.",
        };
        return problem.Length == 0
            ? new ClientKeyPem(key!, found.Label == Certificate ? NameIn(found.Bytes) : null, PemEncoding.WriteString(found.Label, found.Bytes) + "\n")
            : null;
    }

    /// <summary>Whether a text can be shown in one line as it is: no control, no character that is invisible or turns the text around it.</summary>
    public static bool IsPrintable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // A lone surrogate is enumerated as the replacement character.
        return text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned));
    }

    private static (string Label, byte[] Bytes)? Find(string text, out string problem)
    {
        (string Label, byte[] Bytes)? found = null;
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label];
            if (label is Certificate or PublicKey)
            {
                if (found is not null)
                {
                    problem = "There is more than one certificate or public key in this; give the one that logs in, without those that signed it.";
                    return null;
                }

                var bytes = new byte[fields.DecodedDataLength];
                Convert.TryFromBase64Chars(rest[fields.Base64Data], bytes, out _);
                found = (label.ToString(), bytes);
            }

            rest = rest[fields.Location.End..];
        }

        problem = found is null ? "There is no certificate and no public key in PEM in this; openssl x509 -inform der converts a certificate in the binary form." : "";
        return found;
    }

    private static string? NameIn(byte[] certificate)
    {
        try
        {
            var subject = new X500DistinguishedName(ClientKey.ToSubject(certificate).ReadEncodedValue().Span);
            var name = subject.EnumerateRelativeDistinguishedNames(reversed: false)
                .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonNameId)?.GetSingleElementValue()?.Trim();
            return name is { Length: > 0 and <= ClientKeyFiles.NameLengthMax } && IsPrintable(name) ? name : null;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // A name of odd bytes is no name.
            return null;
        }
    }
}
