namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads LIST, LSUB, STATUS and VANISHED from behind their word.</summary>
internal static class MailboxDataReader
{
    public static ListData? ReadList(ref ImapReader reader, bool isLsub, int nestingMax)
    {
        if (!reader.Gap() || !reader.Texts(out var attributes) || !reader.Gap() || !reader.Separator(out var separator) || !reader.Gap() || !reader.AnyMailbox(out var mailbox))
        {
            return null;
        }

        var data = new ListData(mailbox, separator, attributes, isLsub);
        reader.Gap();
        if (reader.TryTake((byte)'('))
        {
            while (reader.More())
            {
                if (!ReadExtended(ref reader, nestingMax, ref data))
                {
                    return null;
                }
            }
        }

        return reader.AnyEnd() ? data : null;
    }

    public static StatusData? ReadStatus(ref ImapReader reader, int nestingMax)
    {
        if (!reader.Gap() || !reader.AnyMailbox(out var mailbox) || !reader.Gap() || !reader.OpenParen())
        {
            return null;
        }

        var data = new StatusData(mailbox);
        while (reader.More())
        {
            if (!reader.TextOrEmpty(out var name) || !reader.Gap())
            {
                return null;
            }

            if (reader.Peek() is >= '0' and <= '9')
            {
                if (!reader.Number64(out var value))
                {
                    return null;
                }

                data[name.ToUpperInvariant()] = value;
            }
            else if (!reader.SkipValue(nestingMax))
            {
                return null;
            }
        }

        return reader.AnyEnd() ? data : null;
    }

    public static VanishedData? ReadVanished(ref ImapReader reader)
    {
        reader.Gap();
        var isEarlier = reader.TryTake((byte)'(');
        if (isEarlier && !(reader.Keyword("EARLIER"u8) && reader.CloseParen() && reader.Gap()))
        {
            return null;
        }

        return reader.PlainSet(out var uids) && reader.AnyEnd() ? new VanishedData(uids, isEarlier) : null;
    }

    private static bool ReadExtended(ref ImapReader reader, int nestingMax, ref ListData data)
    {
        if (!reader.TextOrEmpty(out var tag) || !reader.Gap())
        {
            return false;
        }

        switch (tag.ToUpperInvariant())
        {
            case "CHILDINFO":
                if (!reader.Texts(out var options))
                {
                    return false;
                }

                data = data with { ChildInfo = options };
                return true;
            case "OLDNAME":
                if (!reader.OpenParen() || !reader.AnyMailbox(out var name) || !reader.Gap() || !reader.CloseParen())
                {
                    return false;
                }

                data = data with { OldName = name };
                return true;
            default:
                return reader.SkipValue(nestingMax);
        }
    }
}
