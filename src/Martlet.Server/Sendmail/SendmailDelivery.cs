using System.Globalization;
using Martlet.Network.Smtp;
using Martlet.Server.Hosting;

namespace Martlet.Server.Sendmail;

/// <summary>Sends messages and keeps what could not be sent, for all recipients or for some.</summary>
internal sealed class SendmailDelivery(SendmailConfig config, SendmailContext context)
{
    private readonly UnsentFolder _folder = UnsentFolder.Of(config, context);
    private bool _isStopped;

    /// <summary>Sends a message now, or keeps it.</summary>
    /// <returns>One of <see cref="SendmailExit"/>.</returns>
    public async Task<int> DeliverAsync(UnsentMail mail, CancellationToken cancel)
    {
        await using var submitter = new Submitter(config, context);
        var (left, code) = await SendAsync(submitter, mail, cancel);
        return left is null || TryKeep(left, file => $"{Names(left)}: not sent: {left.Reason}\nKept in {file}; 'martlet sendmail --retry' sends it.") ? code : SendmailExit.InputOutput;
    }

    /// <summary>Sends what is kept, oldest first; stops when the server cannot be used.</summary>
    /// <returns>One of <see cref="SendmailExit"/>.</returns>
    public async Task<int> RetryAsync(CancellationToken cancel)
    {
        await using var submitter = new Submitter(config, context);
        var code = SendmailExit.Ok;
        foreach (var file in _folder.List())
        {
            await using var stream = UnsentFolder.Open(file);
            if (stream is null)
            {
                continue;
            }

            if (await UnsentFolder.ReadAsync(stream, cancel) is not { } mail)
            {
                Tell($"{file} is not a message that was kept here.");
                code = SendmailExit.DataError;
                continue;
            }

            var (left, result) = await SendAsync(submitter, mail, cancel);
            code = result == SendmailExit.Ok ? code : result;
            if (left is not null)
            {
                Tell($"{Names(left)}: not sent: {left.Reason}");
            }

            if (left is not null && left.Recipients.Count < mail.Recipients.Count && !TryKeep(left, static file => $"Kept for them in {file}."))
            {
                // The old file stays: those who have it may get it again, which is better than not at all.
                return SendmailExit.InputOutput;
            }

            if (left is null || left.Recipients.Count < mail.Recipients.Count)
            {
                File.Delete(file);
            }

            if (submitter.Trouble is not null || result == SendmailExit.Configuration || _isStopped)
            {
                break;
            }
        }

        return code;
    }

    /// <summary>Sends one message.</summary>
    /// <returns>What is left to be sent, with the reason, null for nothing; and the exit code.</returns>
    public async Task<(UnsentMail? Left, int ExitCode)> SendAsync(Submitter submitter, UnsentMail mail, CancellationToken cancel)
    {
        IReadOnlyList<Submitted> results;
        var code = SendmailExit.TemporaryFailure;
        try
        {
            // Only now: while the message comes in, a signal ends the program as usual, and nothing is lost that its caller has not.
            using var signals = new StopSignals();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancel);
            results = await submitter.SendAsync(mail, end.Token);
        }
        catch (OperationCanceledException)
        {
            _isStopped = true;
            results = [.. mail.Recipients.Select(static to => new Submitted(to, SendOutcome.Later, "The program was stopped."))];
        }
        catch (SendmailConfigException e)
        {
            results = [.. mail.Recipients.Select(to => new Submitted(to, SendOutcome.Later, e.Message))];
            code = SendmailExit.Configuration;
        }

        var left = results.Where(static one => one.Outcome != SendOutcome.Taken).ToList();
        if (left.Count == 0)
        {
            return (null, SendmailExit.Ok);
        }

        if (submitter.IsLoginRefused)
        {
            code = SendmailExit.NoPermission;
        }
        else if (left.TrueForAll(static one => one.Outcome == SendOutcome.Refused))
        {
            code = left.TrueForAll(static one => one.IsUnknown) ? SendmailExit.NoUser : SendmailExit.Unavailable;
        }

        var reason = string.Join("; ", left.Select(static one => one.Reason).Distinct(StringComparer.Ordinal));
        return (mail with { Recipients = [.. left.Select(static one => one.Recipient)], Time = context.Time.GetUtcNow(), Reason = reason }, code);
    }

    /// <summary>Keeps a message and tells so.</summary>
    /// <returns>False when the disk did not take it; that is told too.</returns>
    public bool TryKeep(UnsentMail mail, Func<string, string> tell)
    {
        try
        {
            Tell(tell(_folder.Keep(mail)));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell($"{Names(mail)}: not sent: {mail.Reason}\nAND NOT KEPT: {e.Message}");
            return false;
        }
    }

    private static string Names(UnsentMail mail)
    {
        const int shown = 5;
        var names = string.Join(", ", mail.Recipients.Take(shown).Select(static to => to.ToString()));
        return mail.Recipients.Count <= shown ? names : string.Create(CultureInfo.InvariantCulture, $"{names} and {mail.Recipients.Count - shown} more");
    }

    private void Tell(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            context.Tell($"sendmail: {line}");
        }
    }
}
