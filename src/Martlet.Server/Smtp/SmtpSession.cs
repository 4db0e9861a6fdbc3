using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;
using Martlet.Server.Accounts;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Smtp;

/// <summary>
/// One connection: reads a command, looks it up, answers. What the peer has said so far is kept here; what a command means is in <c>Commands/</c>.
/// </summary>
internal sealed class SmtpSession
{
    private const int OutputBytesMax = 32 * 1024;

    private readonly SessionCounters _counters;
    private bool _isEnding;
    private IDisposable? _openLogin;

    public SmtpSession(SmtpService service, Connection connection)
    {
        Service = service;
        Connection = connection;
        Lines = new LineReader(connection, service.Options);
        Login = new LoginContext(service.Name, connection);
        Story = new SmtpStory(this);
        NoteKey();
        _counters = new SessionCounters(service.Options);
    }

    /// <summary>What all sessions of the listener share.</summary>
    public SmtpService Service { get; }

    /// <summary>Role and limits.</summary>
    public SmtpOptions Options => Service.Options;

    /// <summary>The peer.</summary>
    public Connection Connection { get; }

    /// <summary>Lines from the peer.</summary>
    public LineReader Lines { get; }

    /// <summary>The connection as logins see it.</summary>
    public LoginContext Login { get; }

    /// <summary>Name from HELO or EHLO; null before.</summary>
    public string? HelloName { get; private set; }

    /// <summary>Whether the peer said EHLO.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>What the journal of mail is told.</summary>
    public SmtpStory Story { get; }

    /// <summary>Who is logged in, and by what.</summary>
    public LoginGrant? Grant
    {
        get;
        set
        {
            Service.Metrics.LoggedIn.Add((value is null ? 0 : 1) - (field is null ? 0 : 1));
            field = value;
            _openLogin?.Dispose();
            _openLogin = value is null ? null : Service.Authenticator.Open.Add(value, Login, () => Connection.RequestClose(EndReason.EndedByUser));
        }
    }

    /// <summary>Who is logged in; null also when the login does not hold any more.</summary>
    public Account? Account => Grant is { } grant && grant.Holds(Service.Store.Directory) ? grant.Account : null;

    /// <summary>The message being given; null between messages.</summary>
    public Transaction? Transaction { get; set; }

    /// <summary>Messages begun on the connection.</summary>
    public int Transactions { get; set; }

    /// <summary>Whether passwords may be sent now.</summary>
    public bool MayLogIn => Connection.Tls is not null || Options.AllowPlainWithoutTls;

    /// <summary>Where the session is.</summary>
    public SmtpState State => this switch
    {
        { HelloName: null } => SmtpState.Connected,
        { Transaction: null } => SmtpState.Ready,
        { Transaction.Recipients.Count: 0 } => SmtpState.Mail,
        _ => SmtpState.Recipients,
    };

    /// <summary>Speaks until the end.</summary>
    public async Task RunAsync()
    {
        try
        {
            await TalkAsync();
        }
        catch (OperationCanceledException) when (Connection.Stopping.IsCancellationRequested)
        {
            await LeaveAsync(Connection.EndReason switch
            {
                EndReason.IdleTimeout => Replies.Idle,
                EndReason.EndedByUser => Replies.EndedByUser,
                _ => Replies.Stopping,
            });
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException or System.Net.Sockets.SocketException or ObjectDisposedException))
        {
            Connection.End(EndReason.ServerError);
            await LeaveAsync(Replies.Fault);
            throw;
        }
        finally
        {
            GiveUp();
            Grant = null;
            Lines.Release();
            _openLogin?.Dispose();
        }
    }

    /// <summary>A message being given is not wanted any more.</summary>
    public void GiveUp()
    {
        if (Transaction is { } transaction)
        {
            Story.GivenUp(transaction);
            Transaction = null;
        }
    }

    /// <summary>The peer has said its name; a message being given is forgotten (RFC 5321 §4.1.4).</summary>
    public void Greet(string name, bool isExtended)
    {
        GiveUp();
        HelloName = name;
        Login.Client = name;
        IsExtended = isExtended;
    }

    /// <summary>Starts TLS; what was said before counts no more (RFC 3207 §4.2).</summary>
    public async Task StartTlsAsync()
    {
        GiveUp();
        HelloName = null;
        IsExtended = false;
        Grant = null;
        await Connection.StartTlsAsync(Service.Tls!, Options.HandshakeTimeout);
        Login.WithTls(Connection);
        NoteKey();
    }

    /// <summary>Ends the session once the reply has been sent.</summary>
    public void End(EndReason reason)
    {
        Connection.End(reason);
        _isEnding = true;
    }

    /// <summary>A message was taken: the peer is here for mail.</summary>
    public void CountMessage() => _counters.MessageTaken();

    /// <summary>Puts a reply into the output.</summary>
    public void Reply(SmtpReply reply) => reply.WriteTo(Connection.Output, Connection.Token);

    private void NoteKey()
    {
        if (Options.Role == SmtpRole.Submission)
        {
            Service.Authenticator.NoteKey(Login);
        }
    }

    private async Task TalkAsync()
    {
        Reply(new SmtpReply(220, $"{Options.Hostname} ESMTP Martlet {Connection.Token}"));
        while (!_isEnding)
        {
            if (Connection.Output.Length > OutputBytesMax)
            {
                await Connection.FlushAsync();
            }

            var kind = await Lines.ReadAsync();
            Connection.Stopping.ThrowIfCancellationRequested();
            if (kind == LineKind.Closed)
            {
                Connection.End(EndReason.PeerClosed);
                return;
            }

            await AnswerAsync(kind);
        }

        await Connection.FlushAsync();
    }

    private async Task AnswerAsync(LineKind kind)
    {
        var isRecipient = false;
        var verb = SmtpMetrics.UnknownCommand;
        var started = Connection.Time.GetTimestamp();
        var reply = kind switch
        {
            LineKind.Line => null,
            LineKind.BareLf => Replies.BadLine,
            _ => Replies.LineTooLong,
        };
        if (kind == LineKind.Endless)
        {
            End(EndReason.ProtocolError);
        }

        if (reply is null)
        {
            (var command, reply) = Look(out var argument);
            verb = command?.Verb ?? verb;
            if (reply is null)
            {
                isRecipient = command!.Verb == "RCPT";
                reply = await RunAsync(command, argument);
            }

            if (command is { EndsSession: true } && reply is { IsPositive: false })
            {
                End(EndReason.ProtocolError);
            }
        }

        if (reply is not null)
        {
            Reply(reply);
        }

        Note(verb, reply, Connection.Time.GetElapsedTime(started));
        if (_counters.Count(reply, isRecipient) is { } enough && !_isEnding)
        {
            Reply(enough);
            End(EndReason.ProtocolError);
        }
    }

    private void Note(string verb, SmtpReply? reply, TimeSpan elapsed)
    {
        Service.Metrics.Command(Service.Name, verb, reply, elapsed);
        SmtpLog.Command(Service.Logger, Connection.Token, Service.Name, verb, reply?.Code ?? 0, elapsed.TotalMilliseconds);
    }

    private (SmtpCommand? Command, SmtpReply? Refusal) Look(out ReadOnlyMemory<byte> argument)
    {
        argument = default;
        var line = Lines.Line;
        if (!SmtpCommandLine.TryRead(line.Span, out var parts))
        {
            return (null, Replies.BadLine);
        }

        var command = CommandTable.Find(parts.Verb);
        if (command is null)
        {
            // A first line that is no command, or one of HTTP at any time: nobody is here who speaks SMTP.
            var isStranger = _counters.IsFirst || CommandTable.IsHttp(parts.Verb);
            if (isStranger)
            {
                End(EndReason.ProtocolError);
            }

            return (null, isStranger ? Replies.NotSmtp : Replies.UnknownCommand);
        }

        if ((command.States & State) == SmtpState.None)
        {
            return (command, CommandTable.WrongState(command, State));
        }

        argument = line.Slice(parts.ArgumentStart, parts.Argument.Length);
        return (command, null);
    }

    private async ValueTask<SmtpReply?> RunAsync(SmtpCommand command, ReadOnlyMemory<byte> argument)
    {
        try
        {
            return await command.Run(this, argument);
        }
        catch (StoreException e)
        {
            SmtpLog.StoreFailed(Service.Logger, Connection.Token, command.Verb, e);
            return e.Failure == StoreFailure.DiskFull ? Replies.DiskFull : Replies.Unavailable;
        }
    }

    private async Task LeaveAsync(SmtpReply reply)
    {
        try
        {
            Reply(reply);
            await Connection.FlushAsync();
        }
        catch (IOException)
        {
            // The peer was gone before the goodbye; the reason it ends for stays.
            Connection.End(EndReason.PeerClosed);
        }
    }
}
