namespace Martlet.Protocols.Imap.Commands;

/// <summary>ID: RFC 2971 §3.1. For logs and statistics only; never to be believed.</summary>
/// <param name="Fields">What the client says of itself: names as sent and values, null for NIL. None for <c>ID NIL</c>.</param>
public sealed record IdCommand(IReadOnlyList<KeyValuePair<string, string?>> Fields)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static IdCommand? Read(ref ImapReader reader)
    {
        List<KeyValuePair<string, string?>> fields = [];
        if (!reader.Space())
        {
            return null;
        }

        return (reader.TryKeyword("NIL"u8) || ReadFields(ref reader, fields)) && reader.End() ? new IdCommand(fields) : null;
    }

    private static bool ReadFields(ref ImapReader reader, List<KeyValuePair<string, string?>> fields)
    {
        if (!reader.OpenParen() || reader.TryTake((byte)')'))
        {
            return reader.Error is null;
        }

        do
        {
            if (fields.Count >= reader.Limits.IdFieldsMax)
            {
                return reader.Fail("Too many fields.", ImapErrorKind.Limit);
            }

            if (!reader.StringText(out var name) || !reader.Space() || !reader.NStringText(out var value))
            {
                return false;
            }

            if (Math.Max(name.Length, value?.Length ?? 0) > reader.Limits.IdValueBytesMax)
            {
                return reader.Fail("The field is too long.", ImapErrorKind.Limit);
            }

            fields.Add(new(name, value));
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }
}
