using System.Buffers;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Martlet.Network.Clients;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>The part of <see cref="SmtpClient"/> that sends messages.</summary>
public sealed partial class SmtpClient
{
    private const int PieceBytes = 32 * 1024;

    // A transaction was begun and not ended by the reply to its message.
    private bool _mustReset;

    /// <summary>Sends a message to all its recipients in one transaction; one that the server refuses does not hold up the others.</summary>
    /// <returns>A result for each recipient. Nothing was sent to anyone for whom it is not <see cref="SendOutcome.Taken"/>.</returns>
    /// <exception cref="SmtpException">The connection has failed. Whether the server has taken the message is only known when it failed before the last byte was sent: then not.</exception>
    /// <remarks>What the content throws while it is read comes out as it is; the connection is closed then, so that no half message is taken.</remarks>
    public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Recipients.Count == 0)
        {
            throw new ArgumentException("There is no recipient.", nameof(mail));
        }

        return SendGuardedAsync(mail, cancel);
    }

    private async Task<SendResult> SendGuardedAsync(OutgoingMail mail, CancellationToken cancel)
    {
        ExceptionDispatchInfo? contentError = null;
        try
        {
            return Refuse(mail) is { } reason
                ? new SendResult([.. mail.Recipients.Select(to => new RecipientResult(to, SendOutcome.Refused, Reply: null, reason))])
                : await GuardAsync(end => TransactAsync(mail, error => contentError = error, end), cancel).ConfigureAwait(false);
        }
        catch (SmtpException) when (contentError is not null)
        {
            contentError.Throw();
            throw;
        }
    }

    // Before a byte is sent: the server has said that it could not.
    private string? Refuse(OutgoingMail mail) => this switch
    {
        _ when mail.NeedsUtf8 && !Capabilities.HasUtf8 => "An address or the header is not ASCII, and the server does not take that (SMTPUTF8).",
        _ when mail.Traits.HasEightBitBody && !Capabilities.HasEightBit => "The message has 8-bit text, and the server does not take that (8BITMIME).",
        { Capabilities.SizeMax: { } max } when mail.Traits.SizeBytes > max =>
            string.Create(CultureInfo.InvariantCulture, $"The message has {mail.Traits.SizeBytes} bytes, and the server takes {max}."),
        _ => null,
    };

    private async Task<SendResult> TransactAsync(OutgoingMail mail, Action<ExceptionDispatchInfo> onContentError, CancellationToken cancel)
    {
        if (_mustReset)
        {
            var reset = await RunAsync("RSET", _options.Limits.CommandTime, cancel).ConfigureAwait(false);
            if (!reset.IsPositive)
            {
                throw new SmtpException(SmtpFailure.Connection, $"The server cannot begin anew: {reset}");
            }
        }

        _mustReset = true;
        // RFC 9422 §4.2: more would only be refused, or worse.
        var recipients = mail.Recipients.Take(Capabilities.RecipientsMax ?? int.MaxValue).ToList();
        var replies = new List<ServerReply>(recipients.Count);
        var (sender, start) = Capabilities.HasPipelining
            ? await PipelineAsync(mail, recipients, replies, cancel).ConfigureAwait(false)
            : await StepByStepAsync(mail, recipients, replies, cancel).ConfigureAwait(false);
        var isAnybodyThere = sender.IsPositive && replies.Exists(static reply => reply.IsPositive);
        ServerReply? end = null;
        if (start is { IsIntermediate: true })
        {
            // RFC 2920 §3.1: a server that said 354 waits for the end of a message, also when nobody would get it.
            end = await SendDataAsync(isAnybodyThere ? mail.Content : Stream.Null, onContentError, cancel).ConfigureAwait(false);
            _mustReset = false;
        }
        else if (start is { IsPositive: true })
        {
            throw new SmtpException(SmtpFailure.Protocol, $"The server took a message that was not sent: {start}");
        }

        return new SendResult([.. mail.Recipients.Select((to, index) => index >= recipients.Count ? BeyondLimit(to) : Result(to, sender, replies.ElementAtOrDefault(index), end ?? start))]);
    }

    private static RecipientResult BeyondLimit(ForwardPath to) => new(to, SendOutcome.Later, Reply: null, "The server takes fewer recipients at once.");

    // The first reply in the order of the dialogue that is no yes decides.
    private static RecipientResult Result(ForwardPath to, ServerReply sender, ServerReply? recipient, ServerReply? data)
    {
        var reply = !sender.IsPositive ? sender : recipient is { IsPositive: false } ? recipient : data ?? sender;
        // RFC 5321 §4.5.3.1.10: servers of old say 552 for too many recipients, which passes.
        var isTooMany = reply == recipient && reply is { Code: 552, Status: null } or { IsPermanent: true, Status: { Subject: 5, Detail: 3 } };
        var outcome = reply.IsPositive ? SendOutcome.Taken : reply.IsPermanent && !isTooMany ? SendOutcome.Refused : SendOutcome.Later;
        return new RecipientResult(to, outcome, reply, reply.ToString());
    }

    private async Task<(ServerReply Sender, ServerReply? Data)> StepByStepAsync(OutgoingMail mail, List<ForwardPath> recipients, List<ServerReply> replies, CancellationToken cancel)
    {
        var sender = Final(await RunAsync(MailLine(mail), cancel).ConfigureAwait(false));
        if (!sender.IsPositive)
        {
            return (sender, null);
        }

        foreach (var recipient in recipients)
        {
            replies.Add(Final(await RunAsync(SmtpCommands.Rcpt(recipient), cancel).ConfigureAwait(false)));
        }

        return (sender, replies.Exists(static reply => reply.IsPositive) ? await RunAsync("DATA", _options.Limits.DataStartTime, cancel).ConfigureAwait(false) : null);
    }

    private async Task<(ServerReply Sender, ServerReply? Data)> PipelineAsync(OutgoingMail mail, List<ForwardPath> recipients, List<ServerReply> replies, CancellationToken cancel)
    {
        Write(MailLine(mail));
        var asked = 1;
        ServerReply? sender = null;
        for (var at = 0; at < recipients.Count;)
        {
            for (; at < recipients.Count && asked < _options.Limits.PipelinedCommandsMax; at++, asked++)
            {
                Write(SmtpCommands.Rcpt(recipients[at]));
            }

            if (at == recipients.Count)
            {
                Write("DATA\r\n"u8);
            }

            await FlushAsync(_options.Limits.CommandTime, cancel).ConfigureAwait(false);
            sender ??= Final(await ReadAsync(_options.Limits.CommandTime, cancel).ConfigureAwait(false));
            while (replies.Count < at)
            {
                replies.Add(Final(await ReadAsync(_options.Limits.CommandTime, cancel).ConfigureAwait(false)));
            }

            if (!sender.IsPositive && at < recipients.Count)
            {
                return (sender, null);
            }

            asked = 0;
        }

        return (sender!, await ReadAsync(_options.Limits.DataStartTime, cancel).ConfigureAwait(false));
    }

    private static ServerReply Final(ServerReply reply) =>
        reply.IsIntermediate ? throw new SmtpException(SmtpFailure.Protocol, $"The server wants data where there is none: {reply}") : reply;

    private byte[] MailLine(OutgoingMail mail) => SmtpCommands.Mail(
        mail.From, Capabilities.HasSize ? mail.Traits.SizeBytes : null, (mail.Traits.HasEightBitBody || mail.NeedsUtf8) && Capabilities.HasEightBit, mail.NeedsUtf8);

    private async Task<ServerReply> SendDataAsync(Stream content, Action<ExceptionDispatchInfo> onContentError, CancellationToken cancel)
    {
        using var clock = new CommandClock(_options.Limits.DataBlockTime, CommandClock.Unlimited, _options.Time, cancel);
        var writer = default(DataWriter);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (true)
            {
                clock.Pause(); // A content that is slow to come is not the server's fault.
                var count = await ReadContentAsync(content, piece, onContentError, cancel).ConfigureAwait(false);
                clock.Touch();
                if (count == 0)
                {
                    break;
                }

                writer.Write(piece.AsSpan(0, count), _transport.Output);
                await _transport.FlushAsync(clock).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        writer.End(_transport.Output);
        await _transport.FlushAsync(clock).ConfigureAwait(false);
        return Final(await ReadAsync(_options.Limits.DataEndTime, cancel).ConfigureAwait(false));
    }

    private static async ValueTask<int> ReadContentAsync(Stream content, byte[] piece, Action<ExceptionDispatchInfo> onError, CancellationToken cancel)
    {
        try
        {
            return await content.ReadAsync(piece, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            onError(ExceptionDispatchInfo.Capture(e));
            throw new SmtpException(SmtpFailure.Abandoned, "The message could not be read.", e);
        }
    }
}
