using System.Diagnostics.CodeAnalysis;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads body of RFC 9051 §9, with and without extension data. Depth is bounded, so that recursion is safe.</summary>
internal ref struct BodyStructureReader(int nestingMax)
{
    private int _depth;

    /// <summary>A part in parentheses.</summary>
    public bool Read(ref ImapReader reader, [NotNullWhen(true)] out BodyPart? part)
    {
        part = null;
        if (++_depth > nestingMax)
        {
            return reader.Fail("The body structure is nested too deep.", ImapErrorKind.Limit);
        }

        var isRead = reader.OpenParen() && reader.Gap() && (reader.Peek() == '(' ? ReadMultipart(ref reader, out part) : ReadLeaf(ref reader, out part));
        _depth--;
        return isRead;
    }

    private bool ReadMultipart(ref ImapReader reader, [NotNullWhen(true)] out BodyPart? part)
    {
        part = null;
        List<BodyPart> parts = [];
        while (reader.Peek() == '(')
        {
            if (!Read(ref reader, out var child) || !reader.Gap())
            {
                return false;
            }

            parts.Add(child);
        }

        // Some servers end here, without a subtype.
        var subtype = "";
        if (reader.Peek() != ')' && !reader.TextOrEmpty(out subtype))
        {
            return false;
        }

        part = new BodyMultipart(subtype, parts);
        if (!reader.More())
        {
            return reader.Error is null;
        }

        if (!ReadParameters(ref reader, out var parameters))
        {
            return false;
        }

        part.Parameters = parameters;
        return ReadExtensions(ref reader, part);
    }

    private bool ReadLeaf(ref ImapReader reader, [NotNullWhen(true)] out BodyPart? part)
    {
        part = null;
        if (!reader.TextOrEmpty(out var type) || !reader.Gap() || !reader.TextOrEmpty(out var subtype))
        {
            return false;
        }

        if (!reader.More())
        {
            // ("MIXED" NIL) and the like: a multipart without parts.
            part = new BodyMultipart(type.Length > 0 ? type : subtype, []);
            return reader.Error is null;
        }

        var leaf = new BodyLeaf(type, subtype);
        part = leaf;
        if (!ReadParameters(ref reader, out var parameters) || !reader.Gap()
            || !reader.AnyText(out var id) || !reader.Gap() || !reader.AnyText(out var description) || !reader.Gap()
            || !reader.AnyText(out var encoding) || !reader.Gap() || !reader.AnyNumber(out var bytes))
        {
            return false;
        }

        leaf.Parameters = parameters;
        leaf.ContentId = id;
        leaf.Description = description;
        leaf.Encoding = string.IsNullOrEmpty(encoding) ? "7BIT" : encoding;
        leaf.Bytes = bytes;
        if (!reader.More())
        {
            return reader.Error is null;
        }

        if (reader.Peek() == '(')
        {
            // Only a message has a list here: envelope and structure. Old servers leave both out for message/global, some for message/rfc822.
            if (!EnvelopeReader.Read(ref reader, out var envelope) || !reader.Gap() || !Read(ref reader, out var body))
            {
                return false;
            }

            leaf.Envelope = envelope;
            leaf.Body = body;
            if (!reader.More())
            {
                return reader.Error is null;
            }
        }

        if (reader.Peek() is (>= '0' and <= '9') or '-')
        {
            if (!reader.AnyNumber(out var lines))
            {
                return false;
            }

            leaf.Lines = lines;
            if (!reader.More())
            {
                return reader.Error is null;
            }
        }

        if (!reader.AnyText(out var md5))
        {
            return false;
        }

        leaf.Md5 = md5;
        return ReadExtensions(ref reader, leaf);
    }

    // Disposition, language, location and what may come after them, until the parenthesis.
    private readonly bool ReadExtensions(ref ImapReader reader, BodyPart part)
    {
        if (reader.More() && ReadDisposition(ref reader, part) && reader.More() && ReadLanguages(ref reader, part) && reader.More())
        {
            if (!reader.AnyText(out var location))
            {
                return false;
            }

            part.Location = location;
            while (reader.More())
            {
                if (!reader.SkipValue(nestingMax))
                {
                    return false;
                }
            }
        }

        return reader.Error is null;
    }

    private static bool ReadDisposition(ref ImapReader reader, BodyPart part)
    {
        if (!reader.TryTake((byte)'('))
        {
            var isText = reader.AnyText(out var kind);
            part.Disposition = kind is { Length: > 0 } ? new BodyDisposition(kind, []) : null;
            return isText;
        }

        if (!reader.Gap() || !reader.TextOrEmpty(out var name))
        {
            return false;
        }

        IReadOnlyList<KeyValuePair<string, string>> parameters = [];
        if (reader.More() && !(ReadParameters(ref reader, out parameters) && reader.Gap() && reader.CloseParen()))
        {
            return false;
        }

        part.Disposition = new BodyDisposition(name, parameters);
        return reader.Error is null;
    }

    private static bool ReadLanguages(ref ImapReader reader, BodyPart part)
    {
        if (reader.Peek() == '(')
        {
            var isRead = reader.Texts(out var languages);
            part.Languages = languages ?? [];
            return isRead;
        }

        if (!reader.AnyText(out var language))
        {
            return false;
        }

        part.Languages = language is { Length: > 0 } ? [language] : [];
        return true;
    }

    private static bool ReadParameters(ref ImapReader reader, out IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        parameters = [];
        if (reader.Peek() != '(')
        {
            return reader.AnyString(out _, out _); // NIL, or "" of some
        }

        List<KeyValuePair<string, string>> list = [];
        reader.OpenParen();
        while (reader.More())
        {
            if (!reader.TextOrEmpty(out var name))
            {
                return false;
            }

            var value = "";
            reader.Gap();
            if (reader.Peek() != ')' && !reader.TextOrEmpty(out value))
            {
                return false;
            }

            list.Add(new(name, value));
        }

        parameters = list;
        return reader.Error is null;
    }
}
