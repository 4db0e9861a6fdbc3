using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>
/// Reads From, To and the like (RFC 5322 §3.4 with the obsolete syntax of §4.4) into the flat list that an ENVELOPE needs. Lenient: every input gives a
/// list. Linear in the input, whatever quotes, comments and brackets do.
/// </summary>
/// <remarks>
/// Names and localparts lose their quotes and escapes and keep everything else, encoded-words and 8-bit included. A source route is dropped. A mailbox
/// without a domain has an empty host. Semicolons outside groups separate like commas, as Outlook writes them. Nested groups do not exist: a colon inside
/// a group is text.
/// </remarks>
public static class AddressListParser
{
    /// <summary>Reads a field value.</summary>
    /// <param name="value">The bytes after the colon, folded or not.</param>
    /// <param name="limits">For the number of addresses and the length of names, localparts and hosts.</param>
    /// <returns>The encoded list for <see cref="AddressListView"/>, empty when there is no address.</returns>
    public static byte[] Parse(ReadOnlySpan<byte> value, MimeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var output = new MetaWriter();
        new AddressListReader(limits).Write(value, output);
        return output.Written.ToArray();
    }
}
