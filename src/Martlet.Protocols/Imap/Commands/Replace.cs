namespace Martlet.Protocols.Imap.Commands;

/// <summary>REPLACE and UID REPLACE: RFC 8508 §3. The message is streamed, as with APPEND; there is only one.</summary>
/// <param name="Replaced">One sequence number, or one UID for the UID form; may be <c>*</c>.</param>
/// <param name="Mailbox">Where the new message goes.</param>
/// <param name="Message">The new message, before its bytes.</param>
public sealed record ReplaceCommand(NumSet Replaced, MailboxName Mailbox, AppendMessage Message)
{
    /// <summary>Reads the arguments up to the announced literal.</summary>
    /// <param name="reader">Over the command collected so far, which ends with a literal header and its line end.</param>
    /// <param name="command">The command, when the answer is <see cref="AppendStep.Message"/>.</param>
    /// <returns>As <see cref="AppendCommand.ReadFirst"/>. After the message only the end of the command may come.</returns>
    public static AppendStep ReadFirst(ref ImapReader reader, out ReplaceCommand? command)
    {
        command = null;
        if (!reader.Space() || !reader.SequenceNumber(out var number))
        {
            return AppendStep.Error;
        }

        var step = AppendCommand.ReadFirst(ref reader, out var mailbox, out var message);
        if (step == AppendStep.Message)
        {
            command = new ReplaceCommand(NumSet.Of([new NumRange(number, number)]), mailbox, message!);
        }

        return step;
    }
}
