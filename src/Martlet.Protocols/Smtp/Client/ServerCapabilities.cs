using System.Globalization;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>What a server said it can do in its reply to EHLO (RFC 5321 §4.1.1.1).</summary>
public sealed class ServerCapabilities
{
    private readonly Dictionary<string, string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    private ServerCapabilities(IEnumerable<string> lines)
    {
        var mechanisms = new List<string>();
        foreach (var line in lines)
        {
            var text = line.Trim(' ');
            // "AUTH=PLAIN LOGIN" is an old spelling of the same, from drafts of RFC 2554; some servers say both.
            var end = text.StartsWith("AUTH=", StringComparison.OrdinalIgnoreCase) ? 4 : text.IndexOf(' ', StringComparison.Ordinal);
            var keyword = end < 0 ? text : text[..end];
            var value = end < 0 ? "" : text[(end + 1)..].Trim(' ');
            if (keyword.Equals("AUTH", StringComparison.OrdinalIgnoreCase))
            {
                mechanisms.AddRange(value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => name.ToUpperInvariant()));
            }

            _keywords.TryAdd(keyword, value);
        }

        Mechanisms = [.. mechanisms.Distinct(StringComparer.Ordinal)];
        SizeMax = Number(Value("SIZE")) is > 0 and var size ? size : null;
        var limits = (Value("LIMITS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static limit => limit.Split('=', 2)).Where(static limit => limit.Length == 2).ToList();
        RecipientsMax = Limit(limits, "RCPTMAX");
        MessagesMax = Limit(limits, "MAILMAX");
    }

    /// <summary>Nothing announced, as before EHLO and after HELO.</summary>
    public static ServerCapabilities Empty { get; } = new([]);

    /// <summary>SASL mechanisms (RFC 4954 §3), upper case, in the server's order.</summary>
    public IReadOnlyList<string> Mechanisms { get; }

    /// <summary>Largest message in bytes (RFC 1870 §4); null when it is not announced or has no bound.</summary>
    public long? SizeMax { get; }

    /// <summary>Recipients of one message, RCPTMAX of RFC 9422 §4.2; null when not announced.</summary>
    public int? RecipientsMax { get; }

    /// <summary>Messages of one connection, MAILMAX of RFC 9422 §4.1; null when not announced.</summary>
    public int? MessagesMax { get; }

    /// <summary>SIZE: RFC 1870.</summary>
    public bool HasSize => Has("SIZE");

    /// <summary>8BITMIME: RFC 6152.</summary>
    public bool HasEightBit => Has("8BITMIME");

    /// <summary>SMTPUTF8: RFC 6531.</summary>
    public bool HasUtf8 => Has("SMTPUTF8");

    /// <summary>PIPELINING: RFC 2920.</summary>
    public bool HasPipelining => Has("PIPELINING");

    /// <summary>STARTTLS: RFC 3207.</summary>
    public bool HasStartTls => Has("STARTTLS");

    /// <summary>ENHANCEDSTATUSCODES: RFC 2034.</summary>
    public bool HasEnhancedStatus => Has("ENHANCEDSTATUSCODES");

    /// <summary>Reads a reply to EHLO: its first line is the server's name, each of the others a keyword with parameters.</summary>
    public static ServerCapabilities Of(ServerReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return new ServerCapabilities(reply.Lines.Skip(1));
    }

    /// <summary>Whether a keyword was announced, in any case.</summary>
    public bool Has(string keyword) => _keywords.ContainsKey(keyword);

    /// <summary>What followed a keyword; null when it was not announced.</summary>
    public string? Value(string keyword) => _keywords.GetValueOrDefault(keyword);

    private static int? Limit(List<string[]> limits, string name) =>
        Number(limits.Find(limit => limit[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1]) is >= 1 and <= int.MaxValue and var number ? (int)number : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
