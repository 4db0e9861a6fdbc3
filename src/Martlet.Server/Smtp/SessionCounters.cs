using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp;

/// <summary>What a session has used up of its patience.</summary>
internal sealed class SessionCounters(SmtpOptions options)
{
    private int _errors;
    private int _refusedRecipients;
    private int _withoutMail;

    /// <summary>Whether no command has been answered yet.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>A message was taken.</summary>
    public void MessageTaken() => _withoutMail = 0;

    /// <summary>Counts a command.</summary>
    /// <param name="reply">Its reply; null when the handler answered itself.</param>
    /// <param name="isRecipient">Whether it was RCPT.</param>
    /// <returns>The reply that ends the session, when it was one too many.</returns>
    public SmtpReply? Count(SmtpReply? reply, bool isRecipient)
    {
        IsFirst = false;
        var isError = reply is { Code: >= 500 };
        if (isRecipient)
        {
            _refusedRecipients += isError ? 1 : 0;
        }
        else
        {
            _withoutMail++;
            _errors += isError ? 1 : 0;
        }

        return _errors > options.ErrorsMax || _refusedRecipients > options.RefusedRecipientsMax ? Replies.TooManyErrors
            : _withoutMail > options.CommandsWithoutMailMax ? Replies.TooManyCommands
            : null;
    }
}
