namespace Martlet.Protocols.Imap.Commands;

/// <summary>What the literal is that the last collected line announces.</summary>
public enum AppendStep
{
    /// <summary>Not the message: an argument before it (a mailbox name as literal). Collect it inline and read again.</summary>
    Argument,

    /// <summary>The message: stream it, then read the continuation with <see cref="AppendCommand.ReadNext"/>.</summary>
    Message,

    /// <summary>No further message: the command is complete.</summary>
    End,

    /// <summary>An error; see the reader.</summary>
    Error,
}

/// <summary>One message of an APPEND, before its bytes.</summary>
/// <param name="Flags">Each once; may be none.</param>
/// <param name="InternalDate">Null: now.</param>
/// <param name="IsUtf8">Sent as <c>UTF8 (~{n}…)</c>, RFC 6855 §4: a <c>)</c> follows the bytes.</param>
/// <param name="Literal">Size and kind of the announced literal. A literal8 may hold NUL.</param>
public sealed record AppendMessage(IReadOnlyList<Flag> Flags, DateTimeOffset? InternalDate, bool IsUtf8, LiteralHeader Literal);

/// <summary>
/// APPEND: RFC 9051 §6.3.12, also with several messages (RFC 3502 §6.3.11). Messages are streamed, so that the command is read in pieces: the
/// text up to the first message, and then the text after each.
/// </summary>
/// <remarks>
/// On each <see cref="FrameStepKind.Literal"/> of a command whose word is APPEND, call <see cref="ReadFirst"/> with a reader behind the command word,
/// over what is collected so far. After a message was streamed, call <see cref="ReadNext"/> on the framer's next step, Literal or Command.
/// </remarks>
public static class AppendCommand
{
    /// <summary>Reads the arguments up to the announced literal.</summary>
    /// <param name="reader">Over the command collected so far, which ends with a literal header and its line end.</param>
    /// <param name="mailbox">Where to, when the answer is <see cref="AppendStep.Message"/>.</param>
    /// <param name="message">The first message, when the answer is <see cref="AppendStep.Message"/>.</param>
    /// <returns>Argument, Message or Error. For a whole command (no literal announced) it is Error: APPEND without a message is bad syntax.</returns>
    public static AppendStep ReadFirst(ref ImapReader reader, out MailboxName mailbox, out AppendMessage? message)
    {
        message = null;
        var isRead = reader.Space() & reader.Mailbox(out mailbox);
        if (!isRead)
        {
            return reader.IsIncomplete ? AppendStep.Argument : AppendStep.Error;
        }

        return ReadMessage(ref reader, out message) ? AppendStep.Message : AppendStep.Error;
    }

    /// <summary>Reads the text after a message: the end of the command, or the announcement of another message.</summary>
    /// <param name="reader">Over the bytes from the end of the message on.</param>
    /// <param name="previous">The message just received; if it was <see cref="AppendMessage.IsUtf8"/>, a <c>)</c> comes first.</param>
    /// <param name="message">The next message, when the answer is <see cref="AppendStep.Message"/>.</param>
    /// <returns>End, Message or Error.</returns>
    public static AppendStep ReadNext(ref ImapReader reader, AppendMessage previous, out AppendMessage? message)
    {
        ArgumentNullException.ThrowIfNull(previous);
        message = null;
        if (previous.IsUtf8 && !reader.CloseParen())
        {
            return AppendStep.Error;
        }

        if (reader.Peek() != ' ')
        {
            return reader.End() ? AppendStep.End : AppendStep.Error;
        }

        return ReadMessage(ref reader, out message) ? AppendStep.Message : AppendStep.Error;
    }

    private static bool ReadMessage(ref ImapReader reader, out AppendMessage? message)
    {
        message = null;
        IReadOnlyList<Flag>? flags = [];
        DateTimeOffset? date = null;
        if (!reader.Space() || (reader.Peek() == '(' && !(reader.FlagList(out flags) && reader.Space())))
        {
            return false;
        }

        if (reader.Peek() == '"')
        {
            if (!reader.DateTime(out var moment) || !reader.Space())
            {
                return false;
            }

            date = moment;
        }

        var isUtf8 = reader.TryKeyword("UTF8"u8);
        if ((isUtf8 && !(reader.Space() && reader.OpenParen())) || !reader.LiteralHeader(out var literal))
        {
            return false;
        }

        // RFC 6855 §4: the UTF8 data item takes a literal8. The announced literal must be the last thing collected.
        if ((isUtf8 && !literal.IsBinary) || reader.Peek() >= 0)
        {
            return reader.Fail("Expected the message as a literal.");
        }

        message = new AppendMessage(flags, date, isUtf8, literal);
        return true;
    }
}
