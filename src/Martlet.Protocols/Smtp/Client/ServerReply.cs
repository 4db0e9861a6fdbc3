using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>A reply of a server (RFC 5321 §4.2): code, enhanced status and text.</summary>
/// <param name="Code">Reply code, 200 to 599.</param>
/// <param name="Status">Enhanced status of the last line that has one; null where there is none (RFC 2034).</param>
/// <param name="Lines">Text of each line without code and status, at least one; control characters are question marks, so that it can be shown.</param>
public sealed record ServerReply(int Code, ReplyStatus? Status, IReadOnlyList<string> Lines)
{
    /// <summary>2xx: done.</summary>
    public bool IsPositive => Code / 100 == 2;

    /// <summary>3xx: go on.</summary>
    public bool IsIntermediate => Code / 100 == 3;

    /// <summary>4xx: not now.</summary>
    public bool IsTransient => Code / 100 == 4;

    /// <summary>5xx: not like this, and never will.</summary>
    public bool IsPermanent => Code / 100 == 5;

    /// <summary>The whole reply in one line, for people and logs.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Code.ToString(CultureInfo.InvariantCulture));
        if (Status is { } status)
        {
            text.Append(' ').Append(status);
        }

        foreach (var line in Lines.Where(static line => line.Length > 0))
        {
            text.Append(' ').Append(line);
        }

        return text.ToString();
    }
}
