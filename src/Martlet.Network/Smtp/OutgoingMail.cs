using System.Buffers;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>A message with its envelope, for <see cref="SmtpClient.SendAsync"/>.</summary>
/// <param name="From">Envelope-from.</param>
/// <param name="Recipients">Envelope recipients, at least one.</param>
/// <param name="Content">Header and body, read once from where it stands. Line ends and dots are put right on the way. Stays the caller's.</param>
/// <param name="Traits">What the content needs, from <see cref="ReadTraitsAsync"/>; a server is told this, so it must be true.</param>
public sealed record OutgoingMail(ReversePath From, IReadOnlyList<ForwardPath> Recipients, Stream Content, ContentTraits Traits)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Whether SMTPUTF8 is needed: an address or the header is not ASCII (RFC 6531 §3.4).</summary>
    public bool NeedsUtf8 => Traits.HasEightBitHeader || From.Address is { IsAscii: false } || Recipients.Any(static to => to.Address is { IsAscii: false });

    /// <summary>Reads a message through to find what it needs. Put the stream back to its start afterwards.</summary>
    public static async Task<ContentTraits> ReadTraitsAsync(Stream content, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var scanner = default(ContentScanner);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (await content.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var count)
            {
                scanner.Read(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return scanner.Traits;
    }
}
