using System.Net.Sockets;
using Martlet.Network.Clients;
using Martlet.Network.Tls;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl;

namespace Martlet.Network.Imap;

/// <summary>
/// A connection to an IMAP server. Runs one command at a time: <see cref="ExecuteAsync"/> takes any of the requests of <c>Martlet.Protocols.Imap.Client</c>;
/// <see cref="ImapClientCommands"/> has a method for each that people use every day. NO and BAD are values (<see cref="ImapResult"/>); what breaks the
/// connection is an <see cref="ImapException"/>, after which the client cannot be used on.
/// </summary>
/// <remarks>
/// Thread safe: commands of several threads wait for each other, in no order. The server is not trusted: see <see cref="ImapClientLimits"/>. Cancelling a command
/// whose bytes are on their way ends the connection, since nothing else stops a server.
/// </remarks>
public sealed partial class ImapClient : IAsyncDisposable
{
    private readonly ImapClientOptions _options;
    private readonly ClientTransport _transport;
    private readonly ResponseFramer _framer;
    private readonly ResponseReader _reader;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<ImapExchange> _running = [];
    private readonly HashSet<string> _enabled = new(StringComparer.OrdinalIgnoreCase);
    private ImapException? _failure;
    private MailboxState? _opening;
    private string? _bye;
    private int _lastTag;
    private bool _hasSent;
    private bool _hasCapabilities;

    private ImapClient(ClientTransport transport, ImapClientOptions options)
    {
        _transport = transport;
        _options = options;
        _framer = new ResponseFramer(options.Limits);
        _reader = new ResponseReader(options.Limits);
    }

    /// <summary>The greeting. With STARTTLS it is from before TLS, and may be anybody's.</summary>
    public StatusResponse Greeting { get; private set; } = new(Tag: null, StatusKind.Ok, Code: null, "");

    /// <summary>The account is logged in.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>What the server announced last. Never from before TLS or login.</summary>
    public CapabilitySet Capabilities { get; private set; } = CapabilitySet.Empty;

    /// <summary>What ENABLE has turned on.</summary>
    public IReadOnlySet<string> Enabled => _enabled;

    /// <summary>The mailbox that is open; null for none.</summary>
    public MailboxState? Selected { get; private set; }

    /// <summary>What TLS agreed on; null in the clear.</summary>
    public TlsInfo? Tls => _transport.Tls;

    /// <summary>What the TLS connection can be recognised by (RFC 5056), for SCRAM with -PLUS; nothing in the clear.</summary>
    public ChannelBindings Bindings => _transport.Bindings;

    /// <summary>COMPRESS is on.</summary>
    public bool IsCompressed => _transport.IsCompressed;

    /// <summary>Why the connection cannot be used any more; null while it can.</summary>
    public ImapException? Failure => _failure;

    /// <summary>Connects, with TLS as the options say, and reads the greeting and the capabilities.</summary>
    /// <exception cref="ImapException">There is no connection now.</exception>
    public static async Task<ImapClient> ConnectAsync(ImapClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var clock = new CommandClock(options.Limits.ConnectTime, options.Limits.ConnectTime, options.Time, cancel);
        try
        {
            return await OpenAsync(await ClientTransport.ConnectAsync(options.Host, options.Port, clock.Token).ConfigureAwait(false), options, cancel).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new ImapException(ImapFailure.Connection, $"{options.Host} could not be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ImapException(ImapFailure.Timeout, $"{options.Host} could not be reached in time.", e);
        }
    }

    /// <summary>The same over a stream that is open: a tunnel, a test.</summary>
    /// <param name="stream">Asynchronous both ways; owned from now on.</param>
    /// <param name="options">Host is the name that the certificate must have; the port means nothing.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="ImapException">The stream is closed now.</exception>
    public static async Task<ImapClient> OpenAsync(Stream stream, ImapClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = new ImapClient(new ClientTransport(stream, Error), options);
        try
        {
            await client.GuardAsync(client.GreetAsync, options.Limits.ConnectTime + options.Limits.GreetingTime, cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="request">Any but STARTTLS, AUTHENTICATE, IDLE and COMPRESS, which are more than a command and a reply.</param>
    /// <param name="handlers">What is done with responses on the way; null keeps them all for the result.</param>
    /// <param name="cancel">Ends the connection when the command is on its way.</param>
    /// <exception cref="ArgumentException">The request cannot be written; nothing was sent.</exception>
    /// <exception cref="ImapException">The connection has failed.</exception>
    public Task<ImapResult> ExecuteAsync(ImapRequest request, ImapHandlers? handlers = null, CancellationToken cancel = default)
    {
        RequirePlain(request);
        return ExecutePlainAsync(request, handlers, cancel);
    }

    /// <summary>
    /// Sends several commands at once and waits for all of them, which saves round trips. Untagged responses go to the first command that has no tagged reply
    /// yet; where that matters, run the commands one by one (RFC 9051 §5.5). With a server that asks for literals, a command waits for those before it.
    /// </summary>
    /// <param name="requests">Such that none depends on the success of one before it.</param>
    /// <param name="cancel">Ends the connection.</param>
    /// <returns>A result for each, in the order of the requests.</returns>
    /// <exception cref="ArgumentException">A request cannot be written, or is none that can be sent in a row; nothing was sent.</exception>
    /// <exception cref="ImapException">The connection has failed; some may have been done.</exception>
    public Task<IReadOnlyList<ImapResult>> PipelineAsync(IReadOnlyList<ImapRequest> requests, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (var request in requests)
        {
            RequirePlain(request);
            if (request is SelectRequest or EnableRequest or LoginRequest or BareRequest { Name: "LOGOUT" or "CLOSE" or "UNSELECT" or "UNAUTHENTICATE" })
            {
                throw new ArgumentException($"{request.Name} changes what later commands mean: run it alone.", nameof(requests));
            }
        }

        return GuardAsync(clock => RunAllAsync(requests, clock), _options.Limits.CommandTime, cancel);
    }

    /// <summary>Says goodbye and closes. A server that closes without saying so is no error any more.</summary>
    public async Task LogoutAsync(CancellationToken cancel = default)
    {
        try
        {
            await ExecuteAsync(BareRequest.Logout, handlers: null, cancel).ConfigureAwait(false);
        }
        catch (ImapException e) when (e.Failure == ImapFailure.Connection)
        {
            // It is closed, which is what was wanted.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection at once, without goodbye. A command that is running fails.</summary>
    public ValueTask DisposeAsync()
    {
        Fail(new ImapException(ImapFailure.Connection, "The client was closed."));
        return ValueTask.CompletedTask;
    }

    private async Task<ImapResult> ExecutePlainAsync(ImapRequest request, ImapHandlers? handlers, CancellationToken cancel)
    {
        var result = await GuardAsync(clock => RunAsync(request, handlers, clock), _options.Limits.CommandTime, cancel).ConfigureAwait(false);
        result.HandlerError?.Throw(); // Here, where it is not taken for an exception of the connection.
        return result;
    }

    private static void RequirePlain(ImapRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is AuthenticateRequest or CompressRequest or BareRequest { Name: "STARTTLS" or "IDLE" })
        {
            throw new ArgumentException($"{request.Name} has a method of its own.", nameof(request));
        }
    }

    private async Task<ImapResult> GreetAsync(CommandClock clock)
    {
        if (_options.Security == ImapSecurity.Tls)
        {
            await StartTlsAsync(clock).ConfigureAwait(false);
        }

        Greeting = await WithinAsync(_options.Limits.GreetingTime, "The server did not greet in time.", ReadGreetingAsync, clock).ConfigureAwait(false);
        if (Greeting.Kind == StatusKind.Bye)
        {
            throw new ImapException(ImapFailure.Connection, $"The server does not want us: {Greeting.Text}");
        }

        IsAuthenticated = Greeting.Kind == StatusKind.PreAuth;
        if (_options.Security == ImapSecurity.StartTls)
        {
            await UpgradeAsync(clock).ConfigureAwait(false);
        }

        return await RefreshCapabilitiesAsync(clock).ConfigureAwait(false);
    }

    private async Task<StatusResponse> ReadGreetingAsync(CommandClock clock) =>
        await ReadAsync(clock).ConfigureAwait(false) is StatusResponse { Tag: null, Kind: StatusKind.Ok or StatusKind.PreAuth or StatusKind.Bye } status
            ? status
            : throw new ImapException(ImapFailure.Protocol, "The server's first line is no greeting.");

    private Task<bool> StartTlsAsync(CommandClock outer) => WithinAsync(
        _options.Limits.ConnectTime,
        "The server did not agree on TLS in time.",
        async clock =>
        {
            await _transport.StartTlsAsync(_options.Host, _options.ClientIdentity, _options.ServerCertificateValidation, clock.Token).ConfigureAwait(false);
            return true;
        },
        outer);

    /// <summary>Runs a step of connecting that has a time of its own.</summary>
    private async Task<T> WithinAsync<T>(TimeSpan time, string error, Func<CommandClock, Task<T>> run, CommandClock outer)
    {
        using var clock = new CommandClock(time, time, _options.Time, outer.Token);
        try
        {
            return await run(clock).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!outer.Token.IsCancellationRequested)
        {
            throw new ImapException(ImapFailure.Timeout, error, e);
        }
    }

    private async Task UpgradeAsync(CommandClock clock)
    {
        if (IsAuthenticated)
        {
            // CVE-2020-14093: after PREAUTH there is no STARTTLS, and the clear text could be anybody's.
            throw new ImapException(ImapFailure.Tls, "The server is logged in before TLS, so TLS cannot begin.");
        }

        var result = await RunAsync(BareRequest.StartTls, handlers: null, clock).ConfigureAwait(false);
        if (!result.IsOk)
        {
            throw new ImapException(ImapFailure.Tls, $"The server does not start TLS: {result.Status.Text}");
        }

        await StartTlsAsync(clock).ConfigureAwait(false);
        Forget();
    }

    /// <summary>Drops what was said before TLS or login.</summary>
    private void Forget()
    {
        Capabilities = CapabilitySet.Empty;
        _hasCapabilities = false;
        _enabled.Clear();
        _reader.IsUtf8 = false;
        Selected = null;
    }

    /// <summary>Asks for the capabilities, unless they have just come.</summary>
    private async Task<ImapResult> RefreshCapabilitiesAsync(CommandClock clock) => _hasCapabilities
        ? new ImapResult(BareRequest.Capability.Name, Greeting, [])
        : await RunAsync(BareRequest.Capability, handlers: null, clock).ConfigureAwait(false);

    /// <summary>Runs something that owns the connection meanwhile, and decides what an exception means for it.</summary>
    private async Task<T> GuardAsync<T>(Func<CommandClock, Task<T>> run, TimeSpan time, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_failure is { } failure)
            {
                throw new ImapException(failure.Failure, failure.Message, failure);
            }

            _hasSent = false;
            using var clock = new CommandClock(_options.Limits.SilenceTime, time, _options.Time, cancel);
            using var closing = _closing.Token.UnsafeRegister(static clock => ((CommandClock)clock!).Cancel(), clock);
            try
            {
                return await run(clock).ConfigureAwait(false);
            }
            catch (Exception e) when (_failure is not null)
            {
                // Closed from outside: whatever broke in here, that is why.
                throw new ImapException(_failure.Failure, _failure.Message, e);
            }
            catch (ImapException e) when (e.Failure != ImapFailure.Refused)
            {
                throw Fail(e.Failure == ImapFailure.Connection && _bye is not null ? new ImapException(ImapFailure.Connection, $"The server has said goodbye: {_bye}", e) : e);
            }
            catch (OperationCanceledException e) when (clock.Token.IsCancellationRequested)
            {
                var isCaller = cancel.IsCancellationRequested;
                var reason = Fail(new ImapException(isCaller ? ImapFailure.Abandoned : ImapFailure.Timeout, isCaller ? "A command was cancelled." : "The server did not answer in time.", e));
                if (isCaller)
                {
                    throw;
                }

                throw reason;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException and not ImapException)
            {
                throw Fail(new ImapException(ImapFailure.Connection, $"The connection broke: {e.Message}", e));
            }
            catch (Exception e) when (_hasSent && e is not ImapException && _running.Count > 0)
            {
                Fail(new ImapException(ImapFailure.Abandoned, "A handler failed in the middle of a command.", e));
                throw;
            }
            finally
            {
                _running.Clear();
                _opening = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static ImapException Error(TransportFailure failure, string message, Exception? inner) => new(
        failure switch
        {
            TransportFailure.Closed => ImapFailure.Connection,
            TransportFailure.Tls => ImapFailure.Tls,
            TransportFailure.Expansion => ImapFailure.Limit,
            _ => ImapFailure.Protocol,
        },
        message,
        inner);

    /// <summary>Closes the connection; the first reason stays, and is what is given back.</summary>
    private ImapException Fail(ImapException reason)
    {
        var first = Interlocked.CompareExchange(ref _failure, reason, comparand: null);
        if (first is null)
        {
            _closing.Cancel(); // Not every stream ends a read when it is closed.
            _transport.Dispose();
        }

        return first ?? reason;
    }
}
