using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Martlet.Server.Delivery;

/// <summary>
/// Writes the fields that are put before a delivered message: Return-Path, Delivered-To, Received (RFC 5321 §4.4), and Date and Message-ID where a submitted
/// message lacks them (RFC 6409 §8). Everything that goes in has been through a parser: no line end can be in it.
/// </summary>
internal static class TraceFields
{
    /// <summary>Columns after which a line is folded where it can be.</summary>
    private const int ColumnsMax = 78;

    private const string DateFormat = "ddd, dd MMM yyyy HH:mm:ss +0000";

    /// <summary>The fields for one account.</summary>
    /// <param name="message">Message.</param>
    /// <param name="addresses">The account's addresses among the recipients.</param>
    /// <param name="options">How mail is taken in.</param>
    public static byte[] Write(InboundMessage message, IEnumerable<string> addresses, InboundOptions options)
    {
        var fields = new StringBuilder();
        fields.Append("Return-Path: ").Append(message.Mail.From.ToString()).Append("\r\n");
        foreach (var address in addresses)
        {
            fields.Append("Delivered-To: ").Append(address).Append("\r\n");
        }

        // Received stands last: a message may begin with a folded line, and that must not become part of a field that anybody trusts.
        var date = message.Trace.Received.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);
        Fold(fields, "Received:", [.. From(message.Trace, options), .. By(message, options), date]);
        if (message.NewMessageId is { } id)
        {
            fields.Append(CultureInfo.InvariantCulture, $"Message-ID: <{id}>\r\n");
        }

        if (options.IsSubmission && !message.Header.HasDate)
        {
            fields.Append(CultureInfo.InvariantCulture, $"Date: {date}\r\n");
        }

        return Encoding.UTF8.GetBytes(fields.ToString());
    }

    // A user's network is nobody's business: no from clause in submission.
    private static IEnumerable<string> From(TraceInfo trace, InboundOptions options)
    {
        if (options.IsSubmission)
        {
            return [];
        }

        var remote = trace.Remote.IsIPv4MappedToIPv6 ? trace.Remote.MapToIPv4() : trace.Remote;
        remote = remote.AddressFamily == AddressFamily.InterNetworkV6 ? new System.Net.IPAddress(remote.GetAddressBytes()) : remote; // Without its scope.
        var literal = remote.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{remote}]" : $"[{remote}]";
        return [$"from {trace.HelloName}", $"({literal})"];
    }

    private static IEnumerable<string> By(InboundMessage message, InboundOptions options)
    {
        yield return $"by {options.Hostname}";
        yield return $"with {Protocol(message)}";
        if (message.Trace.Tls is { } tls)
        {
            yield return $"({tls.Description})";
        }

        // More recipients than one would be told of each other (RFC 5321 §7.2).
        if (message.Recipients is [var only])
        {
            yield return $"id {message.Trace.Id}";
            yield return $"for <{only.Address}>;";
        }
        else
        {
            yield return $"id {message.Trace.Id};";
        }
    }

    // RFC 3848 and RFC 6531 §4.3.
    private static string Protocol(InboundMessage message)
    {
        if (!message.Trace.IsExtended)
        {
            return "SMTP";
        }

        return (message.Mail.IsUtf8 ? "UTF8SMTP" : "ESMTP") + (message.Trace.Tls is null ? "" : "S") + (message.Trace.IsLoggedIn ? "A" : "");
    }

    private static void Fold(StringBuilder fields, string name, IReadOnlyList<string> words)
    {
        fields.Append(name);
        var column = name.Length;
        foreach (var word in words)
        {
            if (column + 1 + word.Length > ColumnsMax)
            {
                fields.Append("\r\n\t");
                column = 8;
            }
            else
            {
                fields.Append(' ');
                column++;
            }

            fields.Append(word);
            column += word.Length;
        }

        fields.Append("\r\n");
    }
}
