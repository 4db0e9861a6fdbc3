using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Protocols.Imap;
using Martlet.Server.Accounts;
using Martlet.Server.Imap.Metadata;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Imap;

/// <summary>
/// One IMAP connection: its state, and the loop that reads a command, runs it, tells what others did, and answers. One command at a time; nothing is written
/// while a lock or transaction is held.
/// </summary>
internal sealed partial class ImapSession : IDisposable
{
    private const int LargeOutput = 64 * 1024;

    private readonly ILogger _logger;
    private readonly CommandReader _commands;
    private int _badCommands;
    private (long Flushed, int Waiting) _before; // What was sent and written before the running command.
    private IDisposable? _accountChanges;
    private IDisposable? _openLogin;
    private MetadataUpdates? _metadataUpdates;
    private string[] _hidden = [];

    public ImapSession(
        Connection connection, MailStore store, Authenticator authenticator, ImapOptions options, TlsSource tls, TimeProvider time, ILogger logger, LoginContext login)
    {
        Connection = connection;
        Store = store;
        Authenticator = authenticator;
        Options = options;
        Tls = tls;
        Time = time;
        _logger = logger;
        Writer = new ImapWriter(connection.Output);
        Login = login;
        _commands = new CommandReader(this);
        Updates = new Updates(this);
        UseLimits(options.LimitsBeforeLogin);
    }

    public Connection Connection { get; }

    public MailStore Store { get; }

    public Authenticator Authenticator { get; }

    public ImapOptions Options { get; }

    public TlsSource Tls { get; }

    public TimeProvider Time { get; }

    public ImapWriter Writer { get; }

    /// <summary>The connection as logins see it.</summary>
    public LoginContext Login { get; }

    /// <summary>Metrics.</summary>
    public required ImapMetrics Metrics { get; init; }

    /// <summary>Who asks, for the store's record of changes.</summary>
    public ChangeOrigin Origin => field ??= new ChangeOrigin("imap", Connection.Token);

    public Updates Updates { get; }

    /// <summary>What NOTIFY asked for; null as long as it was not used.</summary>
    public Notifications? Notifications { get; private set; }

    /// <summary>Limits of the grammar now.</summary>
    public ImapLimits Limits { get; private set; } = ImapLimits.BeforeLogin;

    /// <summary>Reads commands, lines and literals.</summary>
    public CommandReader Commands => _commands;

    public ImapState State { get; private set; } = ImapState.NotAuthenticated;

    /// <summary>UNAUTHENTICATE has ended the session, not the connection.</summary>
    public bool IsUnauthenticated { get; private set; }

    /// <summary>Who is logged in, and by what.</summary>
    public LoginGrant? Grant { get; private set; }

    /// <summary>Whose mail it is.</summary>
    public Account? Account => Grant?.Account;

    /// <summary>The open mailbox.</summary>
    public SelectedMailbox? Selected { get; private set; }

    /// <summary>Set when the selected mailbox changes, or the account's mailboxes, or when the account is removed.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>What the client has turned on.</summary>
    public ImapFeatures Features { get; private set; }

    /// <summary>What is told of annotations; null unless the client wants some of it: by ENABLE METADATA, or by NOTIFY (RFC 5465 §5.6).</summary>
    public MetadataUpdates? MetadataUpdates =>
        _metadataUpdates?.Account == Account && (Has(ImapFeatures.Metadata) || Notifications is { Watch.WantsMetadata: true }) ? _metadataUpdates : null;

    /// <summary>ENABLE IMAP4rev2: the answers of RFC 9051 where it differs from RFC 3501.</summary>
    public bool IsRev2 => Has(ImapFeatures.Rev2);

    /// <summary>ENABLE UTF8=ACCEPT or IMAP4rev2: UTF-8 in strings and mailbox names.</summary>
    public bool IsUtf8 => Has(ImapFeatures.Utf8);

    /// <summary>Tag of the running command.</summary>
    public string? CurrentTag { get; private set; }

    public bool CanStartTls => Connection.CanStartTls && State == ImapState.NotAuthenticated;

    /// <summary>The account of a command that only runs after login.</summary>
    public Account LoggedIn => Account ?? throw new InvalidOperationException("The command table lets this run after login only.");

    /// <summary>The mailbox of a command that only runs with one open.</summary>
    public SelectedMailbox Open => Selected ?? throw new InvalidOperationException("The command table lets this run with a mailbox open only.");

    /// <summary>Whether the client has turned something on.</summary>
    public bool Has(ImapFeatures feature) => (Features & feature) != ImapFeatures.None;

    /// <summary>
    /// Whether a capability was hidden from the account when it logged in: it is not announced and ENABLE ignores it. Commands that need it are still understood:
    /// a client that sends them unasked is better served than refused.
    /// </summary>
    public bool Hides(string capability) => _hidden.Contains(capability, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Turns features on. With CONDSTORE a client that has a mailbox open learns its HIGHESTMODSEQ (RFC 7162 §3.1.2.1): what it will be told from now on is newer.
    /// </summary>
    public void Enable(ImapFeatures features)
    {
        var before = Features;
        var wasTold = MetadataUpdates is not null;
        Features |= features;
        Writer.IsUtf8 = IsUtf8;
        WatchMetadata(wasTold);
        if (Selected is { } selected && Has(ImapFeatures.CondStore) && (before & ImapFeatures.CondStore) == ImapFeatures.None)
        {
            Writer.Raw("* OK [HIGHESTMODSEQ "u8).Number(selected.Told.Value).Raw("] Changes are numbered.\r\n"u8);
        }
    }

    /// <summary>Says who we are; and to a client whose key was enough that it is logged in (PREAUTH, RFC 9051 §7.1.4).</summary>
    public async Task GreetAsync()
    {
        Writer.Raw(Account is null ? "* OK [CAPABILITY "u8 : "* PREAUTH [CAPABILITY "u8).Atom(Capabilities.For(this)).Raw("] "u8).Text($"{Options.Hostname} Martlet {Connection.Token}").CrLf();
        await Connection.FlushAsync();
    }

    /// <summary>Speaks with the client until the end, of the connection or of the login.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (State != ImapState.Logout && !IsUnauthenticated)
            {
                await RunCommandAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await SayGoodbyeAsync();
        }
        catch (ProtocolException e)
        {
            Connection.End(EndReason.ProtocolError);
            await EndAsync(e.Code, e.Message);
        }
    }

    /// <summary>The client has proved who it is.</summary>
    public void Enter(LoginGrant grant)
    {
        Grant = grant;
        var account = grant.Account;
        _hidden = account.Row.HiddenCapabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _accountChanges = account.Subscribe(Changed);
        _openLogin = Authenticator.Open.Add(grant, Login, () => Connection.RequestClose(EndReason.EndedByUser));
        State = ImapState.Authenticated;
        Metrics.LoggedIn.Add(1);
        _badCommands = 0;
        UseLimits(Options.LimitsAfterLogin);
    }

    /// <summary>The session ends after this command's reply; another one goes on with the connection.</summary>
    public void Unauthenticate()
    {
        IsUnauthenticated = true;
        State = ImapState.NotAuthenticated;
    }

    /// <summary>A mailbox is open from now on.</summary>
    public void Select(SelectedMailbox mailbox)
    {
        Selected = mailbox;
        State = ImapState.Selected;
    }

    /// <summary>No mailbox is open any more.</summary>
    public void Deselect()
    {
        Selected?.Dispose();
        Selected = null;
        State = ImapState.Authenticated;
    }

    /// <summary>NOTIFY: what the client wants to be told from now on.</summary>
    public void Notify(Notifications notifications)
    {
        var wasTold = MetadataUpdates is not null;
        Notifications?.Dispose();
        Notifications = notifications;
        WatchMetadata(wasTold);
    }

    /// <summary>This session has put messages into a mailbox: NOTIFY does not tell it.</summary>
    public void NoteAdded(Mailbox mailbox, IReadOnlyList<Uid> uids, ModSeq modSeq)
    {
        if (Notifications is { } notifications)
        {
            Selected?.NoteOwnMessages(mailbox, uids);
            notifications.Watch?.NoteAdded(mailbox, uids, modSeq);
        }
    }

    /// <summary>The client has said what it is (ID).</summary>
    public void NoteClient(IReadOnlyList<KeyValuePair<string, string?>> fields)
    {
        var name = fields.FirstOrDefault(field => field.Key.Equals("name", StringComparison.OrdinalIgnoreCase)).Value;
        var version = fields.FirstOrDefault(field => field.Key.Equals("version", StringComparison.OrdinalIgnoreCase)).Value;
        Login.Client = $"{name} {version}".Trim();
        ImapLog.Client(_logger, Connection.Token, name, version);
    }

    /// <summary>The store failed while the client was told of changes: the session ends.</summary>
    public void NoteFailedUpdate(StoreException failure)
    {
        ImapLog.StoreFailed(_logger, Connection.Token, "(updates)", failure);
        Connection.End(EndReason.ServerError);
    }

    /// <summary>The session ends after this command's reply.</summary>
    public void Leave(EndReason reason)
    {
        State = ImapState.Logout;
        Connection.End(reason);
    }

    /// <summary>Sends what is written so far once it has become much, so that long replies need little memory.</summary>
    /// <remarks>Called for every item of long replies, so it costs nothing when there is nothing to do.</remarks>
    public ValueTask FlushIfLargeAsync() => Connection.Output.Length < LargeOutput ? default : FlushLargeAsync();

    private async ValueTask FlushLargeAsync()
    {
        if (Grant is { } grant && !grant.Holds(Store.Directory))
        {
            // In the middle of a reply, maybe of a literal, where no text of ours may follow.
            Connection.End(EndReason.Shutdown);
            Connection.Output.Clear();
            throw new IOException("The login does not hold any more.");
        }

        await Connection.FlushAsync();
        // A client that takes what we send is not silent, however long that lasts.
        ExpectCommand();
    }

    public void Dispose()
    {
        Selected?.Dispose();
        Notifications?.Dispose();
        _accountChanges?.Dispose();
        _openLogin?.Dispose();
        if (Grant is not null)
        {
            Metrics.LoggedIn.Add(-1);
        }
    }

    private async Task RunCommandAsync()
    {
        ExpectCommand();
        var command = await _commands.NextAsync();
        if (command is null)
        {
            Leave(EndReason.PeerClosed);
            return;
        }

        RequireServed();

        // IDLE and AUTHENTICATE wait for the client too, and not for what the silence before them has left of the time.
        ExpectCommand();
        var started = Time.GetTimestamp();
        var result = await ExecuteAsync(command);
        await FinishAsync(command, result);
        var (name, elapsed) = (command.Row?.Name ?? ImapMetrics.UnknownCommand, Time.GetElapsedTime(started));
        Metrics.Command(name, result, elapsed);
        var word = ImapMetrics.WordOf(result.Status);
        ImapLog.Command(_logger, Connection.Token, name, word, elapsed.TotalMilliseconds);
    }

    // What changed before the client wanted to hear of it is not told.
    private void WatchMetadata(bool wasTold) => _metadataUpdates = wasTold ? _metadataUpdates : new MetadataUpdates(this, LoggedIn);

    /// <summary>
    /// Ends the session of an account that was removed or disabled, of a login whose password or key is not the account's any more, and of a client that lets so many
    /// expunges pile up untold that they were given up. Asked before each command, and again by those that wait for the client.
    /// </summary>
    /// <exception cref="ProtocolException">The session ends.</exception>
    public void RequireServed()
    {
        if (Account is { IsRemoved: true })
        {
            Connection.End(EndReason.Shutdown);
            throw new ProtocolException(ResponseCode.Unavailable, "The account is not available any more.");
        }

        if (Grant is { } grant && !grant.Holds(Store.Directory))
        {
            Connection.End(EndReason.Shutdown);
            throw new ProtocolException(ResponseCode.Expired, "The account was disabled, or its password or key has changed; log in again.");
        }

        if (Selected is { View.IsLagging: true })
        {
            throw new ProtocolException(ResponseCode.Limit, "Too much has been expunged since this client last listened; connect again.");
        }
    }

    private void ExpectCommand() => Connection.ExpectWithin(State == ImapState.NotAuthenticated ? Options.IdleBeforeLogin : Options.IdleAfterLogin);

    /// <summary>Why a command cannot run in the state the session is in, whatever its arguments; null when it can.</summary>
    public ImapResult? Refuse(CommandRow row) =>
        !row.States.HasFlag(State) ? ImapResult.Bad(row.States switch
        {
            ImapState.NotAuthenticated => "Already logged in.",
            ImapState.Selected when State == ImapState.Authenticated => "Select a mailbox first.",
            _ => "Log in first.",
        })
        : row.IsBySequence && Has(ImapFeatures.UidOnly) ? ImapResult.Bad(ResponseCode.UidRequired, "Use the UID form: sequence numbers are off.")
        : null;

    private async ValueTask<ImapResult> ExecuteAsync(ReceivedCommand command)
    {
        CurrentTag = command.Tag;
        _before = (Connection.BytesFlushed, Connection.Output.Length);
        if (command.Error is { } error)
        {
            return error;
        }

        var row = command.Row!;
        if (Refuse(row) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await command.Run!(this);
        }
        catch (StoreException e)
        {
            ImapLog.StoreFailed(_logger, Connection.Token, row.Name, e);
            var reply = StoreReplies.For(e);
            // A report finds its log line.
            return reply with { Text = $"{reply.Text} ({Connection.Token})" };
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException or ProtocolException))
        {
            ImapLog.CommandFailed(_logger, Connection.Token, row.Name, e);
            return GiveUp();
        }
    }

    // Command boundary: the state of the session is not known any more. What the command has not sent is taken back; when it has sent something, that may end
    // inside a line or a literal, where no text of ours may follow: closing says it.
    private ImapResult GiveUp()
    {
        Leave(EndReason.ServerError);
        if (Connection.BytesFlushed != _before.Flushed)
        {
            Connection.Output.Clear();
            return ImapResult.Silent;
        }

        Connection.Output.Truncate(_before.Waiting);
        Writer.Raw("* BYE Internal error.\r\n"u8);
        WriteTagged(ImapResult.No(ResponseCode.ServerBug, $"Internal error; the log has the details under {Connection.Token}."));
        return ImapResult.Silent;
    }

    private async ValueTask FinishAsync(ReceivedCommand command, ImapResult result)
    {
        if (result.Status == ImapStatus.Silent)
        {
            await Connection.FlushAsync();
            return;
        }

        if (Account is not null && command.Row is { Updates: not PendingUpdates.None } row)
        {
            await Updates.TellAsync(withExpunged: row.Updates == PendingUpdates.All, row.Expunges, result);
        }

        if (result.NamesModSeq && Has(ImapFeatures.CondStore) && Selected is { } selected)
        {
            result = result with { Code = $"{ResponseCode.HighestModSeq} {selected.Told}" };
        }

        WriteTagged(result);
        if (result.Status == ImapStatus.Bad)
        {
            CountBad();
        }
        else if (State != ImapState.NotAuthenticated)
        {
            _badCommands = 0;
        }

        // Replies to pipelined commands go out together: the rest when the reader has to wait for more.
        if (State == ImapState.Logout)
        {
            await Connection.FlushAsync();
        }
        else
        {
            await FlushIfLargeAsync();
        }
    }

    /// <summary>Writes the tagged reply of the running command.</summary>
    public void WriteTagged(ImapResult result)
    {
        Writer.Atom(CurrentTag ?? "*").Raw(result.Status switch
        {
            ImapStatus.Ok => " OK "u8,
            ImapStatus.No => " NO "u8,
            _ => " BAD "u8,
        });
        if (result.Code is { } code)
        {
            Writer.Raw("["u8).Atom(code).Raw("] "u8);
        }

        Writer.Text(result.Text).CrLf();
    }

    private void CountBad()
    {
        var most = State == ImapState.NotAuthenticated ? Options.BadCommandsBeforeLoginMax : Options.BadCommandsMax;
        if (++_badCommands >= most)
        {
            Writer.Raw("* BYE Too many bad commands.\r\n"u8);
            Leave(EndReason.ProtocolError);
        }
    }

    private Task SayGoodbyeAsync() => Connection.EndReason switch
    {
        EndReason.IdleTimeout => EndAsync(code: null, "Silent for too long."),
        EndReason.EndedByUser => EndAsync(code: null, "Ended on the account page."),
        _ => EndAsync(ResponseCode.Unavailable, "The server is stopping."),
    };

    private async Task EndAsync(string? code, string text)
    {
        Writer.Raw("* BYE "u8);
        if (code is not null)
        {
            Writer.Raw("["u8).Atom(code).Raw("] "u8);
        }

        Writer.Text(text).CrLf();
        await Connection.FlushAsync();
    }

    private void UseLimits(ImapLimits limits)
    {
        Limits = limits;
        _commands.Framer.Limits = limits;
        Connection.InputBytesMax = limits.LineBytesMax + limits.LiteralBytesTotalMax + 1024;
    }
}
