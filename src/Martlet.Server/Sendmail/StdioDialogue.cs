using System.Buffers;
using System.Globalization;
using System.Text;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Sendmail;

/// <summary>
/// SMTP on standard input and output (-bs), for programs that speak it to sendmail. Each message is sent when its data ends; 250 says that all recipients have it,
/// or that it is kept for the rest.
/// </summary>
/// <remarks>One caller, who has our rights anyway: lines may end with LF alone. Limits are <see cref="SendmailLimits"/>.</remarks>
internal sealed class StdioDialogue(SendmailConfig config, SendmailContext context, SendmailDelivery delivery)
{
    private static readonly SmtpReply Fine = new(250, EnhancedStatus.Other, "Fine.");
    private static readonly SmtpReply OutOfOrder = new(503, EnhancedStatus.InvalidCommand, "First MAIL, then RCPT, then DATA.");
    private static readonly SmtpReply Unknown = new(500, EnhancedStatus.InvalidCommand, "That command is not known here.");
    private static readonly SmtpReply TooLong = new(500, EnhancedStatus.LineTooLong, "The line is too long.");
    private static readonly SmtpReply TooManyRecipients = new(452, EnhancedStatus.TooManyRecipients, "Too many recipients; send the message again to the others.");

    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<SmtpReply>>> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly MessagePreparer _preparer = new(config, context);
    private readonly StdioLines _lines = new(context.Input);
    private readonly List<EmailAddress> _recipients = [];
    private MailCommand? _mail;

    /// <summary>Runs the dialogue to QUIT or the end of input.</summary>
    /// <returns>One of <see cref="SendmailExit"/>: the dialogue has told what became of each message.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        _commands["HELO"] = (_, _) => new(Reset(new SmtpReply(250, context.HostName)));
        _commands["EHLO"] = (_, _) => new(Reset(new SmtpReply(250, context.HostName, string.Create(CultureInfo.InvariantCulture, $"SIZE {context.MessageBytesMax}"), "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES")));
        _commands["MAIL"] = (argument, _) => new(Mail(argument.Span));
        _commands["RCPT"] = (argument, _) => new(Rcpt(argument.Span));
        _commands["DATA"] = (_, end) => DataAsync(end);
        _commands["RSET"] = (_, _) => new(Reset(Fine));
        _commands["NOOP"] = static (_, _) => new(Fine);
        _commands["QUIT"] = static (_, _) => new(new SmtpReply(221, EnhancedStatus.Other, "Goodbye."));
        _commands["VRFY"] = static (_, _) => new(new SmtpReply(252, EnhancedStatus.DestinationValid, "Send it and see."));

        await SayAsync(new SmtpReply(220, $"{context.HostName} ESMTP sendmail"), cancel);
        while (await _lines.ReadAsync(SendmailLimits.CommandLineBytesMax, cancel) is { } isWhole)
        {
            var (run, argument) = isWhole ? Find(_lines.Line.Span) : (null, default);
            var reply = !isWhole ? TooLong : run is null ? Unknown : await run(argument, cancel);
            await SayAsync(reply, cancel);
            if (reply.Code == 221)
            {
                break;
            }
        }

        return SendmailExit.Ok;
    }

    private (Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<SmtpReply>>? Run, ReadOnlyMemory<byte> Argument) Find(ReadOnlySpan<byte> line) =>
        SmtpCommandLine.TryRead(line, out var command) ? (_commands.GetValueOrDefault(Encoding.ASCII.GetString(command.Verb)), command.Argument.ToArray()) : (null, default);

    private SmtpReply Reset(SmtpReply reply)
    {
        _mail = null;
        _recipients.Clear();
        return reply;
    }

    private SmtpReply Mail(ReadOnlySpan<byte> argument)
    {
        if (_mail is not null)
        {
            return OutOfOrder;
        }

        _mail = MailCommand.Read(argument, AddressLimits.Default, out var refusal);
        return refusal ?? Fine;
    }

    private SmtpReply Rcpt(ReadOnlySpan<byte> argument)
    {
        if (_mail is null || _recipients.Count == SendmailLimits.RecipientsMax)
        {
            return _mail is null ? OutOfOrder : TooManyRecipients;
        }

        if (RcptCommand.Read(argument, AddressLimits.Default, _mail.IsUtf8, out var refusal) is not { } command)
        {
            return refusal!;
        }

        var address = command.To.Address ?? _preparer.Recipient(new WrittenAddress([], "postmaster", ""), out _);
        if (address is null)
        {
            return new SmtpReply(550, EnhancedStatus.NoSuchMailbox, "There is no default-domain for that.");
        }

        _recipients.Add(address);
        return Fine;
    }

    private async ValueTask<SmtpReply> DataAsync(CancellationToken cancel)
    {
        if (_mail is null || _recipients.Count == 0)
        {
            return OutOfOrder;
        }

        await SayAsync(new SmtpReply(354, "Go on; end with a dot alone."), cancel);
        var content = new MemoryStream();
        while (true)
        {
            if (await _lines.ReadAsync(context.MessageBytesMax, cancel) is not { } isWhole)
            {
                return Reset(new SmtpReply(554, EnhancedStatus.OtherContent, "The message was not ended."));
            }

            if (_lines.Line.Span.SequenceEqual("."u8))
            {
                break;
            }

            // One byte more than the limit stays, so that a message over it is seen at its end.
            if (isWhole && content.Length <= context.MessageBytesMax)
            {
                Append(content, _lines.Line.Span);
            }
            else
            {
                content.SetLength(context.MessageBytesMax + 1);
            }
        }

        var reply = content.Length > context.MessageBytesMax ? new SmtpReply(552, EnhancedStatus.MessageTooBig, "The message is too large.") : await SendAsync(content, cancel);
        return Reset(reply);
    }

    // RFC 5321 §4.5.2: the dot that the caller has added goes.
    private static void Append(MemoryStream content, ReadOnlySpan<byte> line)
    {
        content.Write(line is [(byte)'.', ..] ? line[1..] : line);
        content.Write("\r\n"u8);
    }

    private async Task<SmtpReply> SendAsync(MemoryStream content, CancellationToken cancel)
    {
        if (LocalMessage.Read(content.GetBuffer().AsMemory(0, (int)content.Length)) is not { } message)
        {
            return new SmtpReply(552, EnhancedStatus.MessageTooBig, "The header is too large.");
        }

        await using var submitter = new Submitter(config, context);
        var (left, code) = await delivery.SendAsync(submitter, _preparer.Finish(message, _mail!.From, [.. _recipients], fullName: null), cancel);
        if (left is null)
        {
            return new SmtpReply(250, EnhancedStatus.Other, "Sent.");
        }

        if (left.Recipients.Count == _recipients.Count && code is SendmailExit.NoUser or SendmailExit.Unavailable)
        {
            // The caller hears it, and has the message.
            return new SmtpReply(554, EnhancedStatus.OtherSystem, $"Refused: {left.Reason}");
        }

        var file = "";
        var isKept = delivery.TryKeep(left, path => $"Not sent: {left.Reason}\nKept in {file = path}; 'martlet sendmail --retry' sends it.");
        return isKept ? new SmtpReply(250, EnhancedStatus.Other, $"Kept for later in {file}") : new SmtpReply(451, EnhancedStatus.OtherSystem, "Neither sent nor kept.");
    }

    private async Task SayAsync(SmtpReply reply, CancellationToken cancel)
    {
        var output = new ArrayBufferWriter<byte>();
        reply.WriteTo(output);
        await context.Output.WriteAsync(output.WrittenMemory, cancel);
        await context.Output.FlushAsync(cancel);
    }
}
