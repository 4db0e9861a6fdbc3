namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads CAPABILITY, ENABLED, NAMESPACE, QUOTA, QUOTAROOT, METADATA and ID from behind their word.</summary>
internal static class ServerDataReader
{
    /// <summary>Words with spaces between, to the end.</summary>
    public static bool ReadWords(ref ImapReader reader, out List<string> words)
    {
        words = [];
        while (reader.Gap() && reader.Peek() is not (-1 or '\r' or '\n'))
        {
            if (!reader.Run(ResponseText.AtomChar, "Expected a word.", out var word))
            {
                return false;
            }

            words.Add(ResponseText.Decode(word));
        }

        return reader.AnyEnd();
    }

    public static NamespaceData? ReadNamespace(ref ImapReader reader, int nestingMax) =>
        reader.Gap() && ReadEntries(ref reader, nestingMax, out var personal)
        && reader.Gap() && ReadEntries(ref reader, nestingMax, out var others)
        && reader.Gap() && ReadEntries(ref reader, nestingMax, out var shared)
        && reader.AnyEnd()
            ? new NamespaceData(personal, others, shared)
            : null;

    public static QuotaData? ReadQuota(ref ImapReader reader)
    {
        if (!reader.Gap() || !reader.TextOrEmpty(out var root) || !reader.Gap() || !reader.OpenList(out var isOpen))
        {
            return null;
        }

        List<QuotaResource> resources = [];
        while (isOpen && reader.More())
        {
            if (!reader.TextOrEmpty(out var name) || !reader.Gap() || !reader.AnyNumber(out var usage) || !reader.Gap() || !reader.AnyNumber(out var limit))
            {
                return null;
            }

            resources.Add(new QuotaResource(name.ToUpperInvariant(), usage, limit));
        }

        return reader.AnyEnd() ? new QuotaData(root, resources) : null;
    }

    public static QuotaRootData? ReadQuotaRoot(ref ImapReader reader)
    {
        if (!reader.Gap() || !reader.AnyMailbox(out var mailbox))
        {
            return null;
        }

        List<string> roots = [];
        while (reader.Gap() && reader.Peek() is not (-1 or '\r' or '\n'))
        {
            if (!reader.TextOrEmpty(out var root))
            {
                return null;
            }

            roots.Add(root);
        }

        return reader.AnyEnd() ? new QuotaRootData(mailbox, roots) : null;
    }

    public static ImapResponse? ReadMetadata(ref ImapReader reader)
    {
        if (!reader.Gap() || !reader.AnyMailbox(out var mailbox) || !reader.Gap())
        {
            return null;
        }

        if (!reader.TryTake((byte)'('))
        {
            List<string> names = [];
            while (reader.Gap() && reader.Peek() is not (-1 or '\r' or '\n'))
            {
                if (!reader.TextOrEmpty(out var name))
                {
                    return null;
                }

                names.Add(name);
            }

            return reader.AnyEnd() ? new MetadataChangedData(mailbox, names) : null;
        }

        List<MetadataValue> entries = [];
        while (reader.More())
        {
            if (!reader.TextOrEmpty(out var entry) || !reader.Gap() || !reader.AnyString(out var value, out var isNil))
            {
                return null;
            }

            reader.Take(0, value.Length);
            entries.Add(new MetadataValue(entry, isNil ? (ReadOnlyMemory<byte>?)null : value.ToArray()));
        }

        return reader.AnyEnd() ? new MetadataData(mailbox, entries) : null;
    }

    public static IdData? ReadId(ref ImapReader reader)
    {
        if (!reader.Gap() || !reader.OpenList(out var isOpen))
        {
            return null;
        }

        List<KeyValuePair<string, string?>> fields = [];
        while (isOpen && reader.More())
        {
            if (!reader.TextOrEmpty(out var name) || !reader.Gap() || !reader.AnyText(out var value))
            {
                return null;
            }

            fields.Add(new(name, value));
        }

        return reader.AnyEnd() ? new IdData(fields) : null;
    }

    private static bool ReadEntries(ref ImapReader reader, int nestingMax, out List<NamespaceEntry> entries)
    {
        entries = [];
        if (!reader.OpenList(out var isOpen))
        {
            return false;
        }

        while (isOpen && reader.More())
        {
            if (!reader.OpenParen() || !reader.Gap() || !reader.AnyMailbox(out var prefix) || !reader.Gap() || !reader.Separator(out var separator))
            {
                return false;
            }

            while (reader.More())
            {
                if (!reader.SkipValue(nestingMax))
                {
                    return false;
                }
            }

            entries.Add(new NamespaceEntry(prefix.Value, separator));
        }

        return reader.Error is null;
    }
}
