using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Commands;

namespace Martlet.Server.Imap;

/// <summary>A command as it came in: ready to run, or the reply that says why not.</summary>
/// <param name="Tag">Tag; null when there was none to be read.</param>
/// <param name="Row">Its row; null when the command is unknown or could not be read.</param>
/// <param name="Run">Runs it.</param>
/// <param name="Error">Reply when it cannot run.</param>
internal sealed record ReceivedCommand(string? Tag, CommandRow? Row, Func<ImapSession, ValueTask<ImapResult>>? Run, ImapResult? Error);

/// <summary>Reads commands from the connection: lines, literals with their limits and continuations, and the lines that belong to a running command.</summary>
internal sealed class CommandReader(ImapSession session)
{
    private bool _isFirst = true;

    public CommandFramer Framer { get; } = new(ImapLimits.BeforeLogin);

    /// <summary>The next command; null when the client has closed the connection.</summary>
    /// <exception cref="ProtocolException">Limits are broken so that the end of the command cannot be known.</exception>
    public async ValueTask<ReceivedCommand?> NextAsync()
    {
        while (true)
        {
            var step = Framer.Next(session.Connection.Unread);
            switch (step.Kind)
            {
                case FrameStepKind.NeedMore:
                    // Also when half a command is there: its other half may wait for the replies to those before it.
                    await session.Connection.FlushAsync();
                    if (!await session.FillAsync())
                    {
                        return null;
                    }

                    break;
                case FrameStepKind.EmptyLine:
                    Take(step.Length);
                    break;
                case FrameStepKind.Command:
                    var command = Read(session.Connection.Unread[..step.Length]);
                    Take(step.Length);
                    return command;
                case FrameStepKind.Literal:
                    if (await AnnounceAsync(step) is { } refused)
                    {
                        return refused;
                    }

                    break;
                default:
                    throw new ProtocolException(ResponseCode.TooBig, "The line is too long.");
            }
        }
    }

    /// <summary>One line that belongs to a running command, without its line end; null when the client has closed the connection.</summary>
    public async ValueTask<byte[]?> NextLineAsync()
    {
        while (true)
        {
            var step = Framer.NextLine(session.Connection.Unread);
            switch (step.Kind)
            {
                case FrameStepKind.Command:
                    var line = CommandFramer.TrimLineEnd(session.Connection.Unread[..step.Length]).ToArray();
                    Take(step.Length);
                    return line;
                case FrameStepKind.NeedMore:
                    if (!await session.Connection.FillAsync())
                    {
                        return null;
                    }

                    break;
                default:
                    throw new ProtocolException(ResponseCode.TooBig, "The line is too long.");
            }
        }
    }

    /// <summary>Tells the client to send its literal.</summary>
    public async ValueTask ContinueAsync()
    {
        session.Writer.Raw("+ Ready for the literal.\r\n"u8);
        await session.Connection.FlushAsync();
    }

    /// <summary>Drops the rest of a command whose literal was announced and is not wanted.</summary>
    /// <exception cref="ProtocolException">It is not synchronizing and too large to be read over.</exception>
    public async ValueTask DropAsync(FrameStep step)
    {
        var isSync = step.Literal.IsSync;
        var isBounded = Framer.Refuse();
        session.Connection.Advance(step.Length);
        if (isSync)
        {
            return;
        }

        if (!isBounded)
        {
            throw new ProtocolException(ResponseCode.TooBig, "The literal is too large.");
        }

        session.Connection.ExpectWithin(session.Options.LiteralPause);
        while (true)
        {
            var next = Framer.Next(session.Connection.Unread);
            switch (next.Kind)
            {
                case FrameStepKind.NeedMore:
                    if (!await session.Connection.FillAsync())
                    {
                        throw new IOException("The client went away inside a literal.");
                    }

                    break;
                case FrameStepKind.Discard:
                    session.Connection.Advance(next.Length);
                    break;
                case FrameStepKind.DiscardEnd:
                    session.Connection.Advance(next.Length);
                    return;
                default:
                    throw new ProtocolException(ResponseCode.TooBig, "The command is too large.");
            }
        }
    }

    private async ValueTask<ReceivedCommand?> AnnounceAsync(FrameStep step)
    {
        var start = ReadStart(session.Connection.Unread[..step.Length], out var line);
        if (start is { Run: not null, Row: { } row } && session.Refuse(row) is null)
        {
            // The message is streamed; its handler answers for it.
            Take(step.Length, isCommandOver: false);
            Framer.StreamLiteral();
            return start;
        }

        if (start is not null)
        {
            // What comes before the literal is wrong already, or the command is not for now: say so before the data.
            await DropAsync(step);
            return start;
        }

        if (step.Limit != LiteralLimit.None)
        {
            await DropAsync(step);
            // RFC 5464 §4.3: whose value is too large must be told the size we take.
            var isValue = line.Name == "SETMETADATA" && step.Limit == LiteralLimit.TooBig && session.State != ImapState.NotAuthenticated;
            return new ReceivedCommand(line.Tag, Row: null, Run: null, isValue
                ? SetMetadata.TooLarge(session.Store.Limits)
                : ImapResult.Bad(ResponseCode.TooBig, "A literal is too large, or there are too many."));
        }

        session.Connection.ExpectWithin(session.Options.LiteralPause);
        Framer.AcceptLiteral();
        if (step.Literal.IsSync)
        {
            await ContinueAsync();
        }

        return null;
    }

    // Looks at a command that is not whole yet: unknown commands and bad APPENDs are refused before their literals, messages are streamed. Null: read on.
    private ReceivedCommand? ReadStart(ReadOnlySpan<byte> soFar, out ImapCommandLine line)
    {
        var reader = new ImapReader(soFar, session.Limits, session.IsUtf8);
        line = default;
        if (ImapCommandLine.Read(ref reader, out var tag) is not { } read)
        {
            return new ReceivedCommand(tag, Row: null, Run: null, Bad(reader));
        }

        line = read;
        if (CommandTable.Find(line.Name) is not { } row)
        {
            return new ReceivedCommand(tag, Row: null, Run: null, ImapResult.Bad("Unknown command."));
        }

        if (line.Name == "LOGIN" && session.State == ImapState.NotAuthenticated && Login.IsInTheClear(session))
        {
            // Not invited to go on: the next thing it sent would be the password.
            return new ReceivedCommand(tag, row, Run: null, Login.InTheClear);
        }

        Func<ImapSession, ValueTask<ImapResult>>? run = null;
        return row.Streamed?.Invoke(ref reader, out run) switch
        {
            AppendStep.Message => new ReceivedCommand(tag, row, run, Error: null),
            AppendStep.Error => new ReceivedCommand(tag, row, Run: null, Bad(reader)),
            _ => null,
        };
    }

    private ReceivedCommand Read(ReadOnlySpan<byte> bytes)
    {
        var isFirst = _isFirst;
        _isFirst = false;
        var reader = new ImapReader(bytes, session.Limits, session.IsUtf8);
        if (ImapCommandLine.Read(ref reader, out var tag) is not { } line)
        {
            // Whoever opens with something else speaks another protocol (HTTP, TLS): go before more of it is taken for commands.
            return isFirst
                ? throw new ProtocolException(code: null, "This is an IMAP server.")
                : new ReceivedCommand(tag, Row: null, Run: null, Bad(reader));
        }

        if (CommandTable.Find(line.Name) is not { } row)
        {
            return new ReceivedCommand(tag, Row: null, Run: null, ImapResult.Bad("Unknown command."));
        }

        var run = row.Prepare(ref reader);
        return run is null
            ? new ReceivedCommand(tag, row, Run: null, Bad(reader))
            : new ReceivedCommand(tag, row, run, Error: null);
    }

    private static ImapResult Bad(in ImapReader reader)
    {
        var text = reader.Error ?? "Not understood.";
        return reader.ErrorKind switch
        {
            ImapErrorKind.Limit => ImapResult.Bad(ResponseCode.TooBig, text),
            _ => ImapResult.Bad(text),
        };
    }

    private void Take(int length, bool isCommandOver = true)
    {
        session.Connection.Advance(length);
        if (isCommandOver)
        {
            Framer.Reset();
        }
    }
}
