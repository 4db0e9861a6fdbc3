using System.Text;
using Martlet.Protocols.Text;

namespace Martlet.Protocols.Imap.Commands;

/// <summary>AUTHENTICATE: RFC 9051 §6.2.2, with the initial response of RFC 4959.</summary>
/// <param name="Mechanism">In upper case.</param>
/// <param name="InitialResponse">Decoded; empty for <c>=</c>; null if the client sent none. Never printed.</param>
public sealed record AuthenticateCommand(string Mechanism, byte[]? InitialResponse)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static AuthenticateCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.Atom(out var name))
        {
            return null;
        }

        byte[]? response = null;
        if (reader.TryTake((byte)' '))
        {
            if (!reader.Run(Text.Ascii.Base64Char, "Expected base64.", out var base64))
            {
                return null;
            }

            if (!base64.SequenceEqual("="u8) && !Base64Lines.TryDecode(base64, reader.Limits.SaslBytesMax, out response))
            {
                reader.Fail("The initial response is not base64 or is too long.");
                return null;
            }

            response ??= [];
        }

        return reader.End() ? new AuthenticateCommand(Encoding.ASCII.GetString(name).ToUpperInvariant(), response) : null;
    }

    /// <summary>Reads a later line of the exchange.</summary>
    /// <param name="line">One line of <see cref="CommandFramer.NextLine"/>, with or without its end.</param>
    /// <param name="limits">For <see cref="ImapLimits.SaslBytesMax"/>.</param>
    /// <param name="response">The decoded response.</param>
    /// <returns>Whether it is a response; <c>*</c>, with which a client gives up, and anything not base64 are answered with a tagged BAD.</returns>
    public static bool TryReadResponse(ReadOnlySpan<byte> line, ImapLimits limits, out byte[] response)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Base64Lines.TryDecode(CommandFramer.TrimLineEnd(line), limits.SaslBytesMax, out response);
    }

    /// <summary>Without the response, so that no log gets it.</summary>
    public override string ToString() => $"AUTHENTICATE {Mechanism}";
}
