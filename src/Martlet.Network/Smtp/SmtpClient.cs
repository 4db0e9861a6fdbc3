using System.Net.Sockets;
using Martlet.Network.Clients;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>
/// A connection to an SMTP server, to submit or to relay. What the server refuses is a value (<see cref="SendResult"/>, <see cref="ServerReply"/>); what breaks
/// the connection is an <see cref="SmtpException"/>, after which the client cannot be used on. Knows nothing of queues, DNS and when to try again.
/// </summary>
/// <remarks>One operation at a time, whichever thread. The server is not trusted: see <see cref="SmtpClientLimits"/>.</remarks>
public sealed partial class SmtpClient : IAsyncDisposable
{
    private readonly SmtpClientOptions _options;
    private readonly ClientTransport _transport;
    private readonly ReplyReader _reader;
    private readonly CancellationTokenSource _closing = new();
    private SmtpException? _failure;
    private ServerReply? _goodbye;
    private int _isBusy;

    private SmtpClient(Stream stream, SmtpClientOptions options)
    {
        _transport = new ClientTransport(stream, Error);
        _options = options;
        _reader = new ReplyReader(options.Limits);
    }

    /// <summary>The greeting. With STARTTLS it is from before TLS, and may be anybody's.</summary>
    public ServerReply Greeting { get; private set; } = new(220, Status: null, [""]);

    /// <summary>What the server announced last; never from before TLS. Nothing when it only knows HELO.</summary>
    public ServerCapabilities Capabilities { get; private set; } = ServerCapabilities.Empty;

    /// <summary>AUTH has succeeded.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>What TLS agreed on; null in the clear.</summary>
    public TlsInfo? Tls => _transport.Tls;

    /// <summary>What the TLS connection can be recognised by (RFC 5056), for SCRAM with -PLUS; nothing in the clear.</summary>
    public ChannelBindings Bindings => _transport.Bindings;

    /// <summary>Why the connection cannot be used any more; null while it can.</summary>
    public SmtpException? Failure => _failure;

    /// <summary>Connects, with TLS as the options say, and reads greeting and capabilities.</summary>
    /// <exception cref="SmtpException">There is no connection now.</exception>
    public static async Task<SmtpClient> ConnectAsync(SmtpClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var clock = new CommandClock(options.Limits.ConnectTime, options.Limits.ConnectTime, options.Time, cancel);
        try
        {
            return await OpenAsync(await ClientTransport.ConnectAsync(options.Host, options.Port, clock.Token).ConfigureAwait(false), options, cancel).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new SmtpException(SmtpFailure.Connection, $"{options.Host} could not be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new SmtpException(SmtpFailure.Timeout, $"{options.Host} could not be reached in time.", e);
        }
    }

    /// <summary>The same over a stream that is open: a tunnel, a test.</summary>
    /// <param name="stream">Asynchronous both ways; owned from now on.</param>
    /// <param name="options">Host is the name that the certificate must have; the port means nothing.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="SmtpException">The stream is closed now.</exception>
    public static async Task<SmtpClient> OpenAsync(Stream stream, SmtpClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = new SmtpClient(stream, options);
        try
        {
            await client.GuardAsync(client.GreetAsync, cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>RSET: forgets a transaction.</summary>
    /// <exception cref="SmtpException">The connection has failed.</exception>
    public Task<ServerReply> ResetAsync(CancellationToken cancel = default) => GuardAsync(end => RunAsync("RSET", _options.Limits.CommandTime, end), cancel);

    /// <summary>NOOP: whether the server is still there.</summary>
    /// <exception cref="SmtpException">The connection has failed.</exception>
    public Task<ServerReply> NoopAsync(CancellationToken cancel = default) => GuardAsync(end => RunAsync("NOOP", _options.Limits.CommandTime, end), cancel);

    /// <summary>Says goodbye and closes. A server that does not answer any more is no error: what it has taken, it has taken.</summary>
    public async Task QuitAsync(CancellationToken cancel = default)
    {
        try
        {
            await GuardAsync(end => RunAsync("QUIT", _options.Limits.QuitTime, end), cancel).ConfigureAwait(false);
        }
        catch (SmtpException)
        {
            // It is closed, which is what was wanted.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection at once, without goodbye. An operation that is running fails. Any thread.</summary>
    public ValueTask DisposeAsync()
    {
        Fail(new SmtpException(SmtpFailure.Connection, "The client was closed."));
        return ValueTask.CompletedTask;
    }

    private async Task<ServerReply> GreetAsync(CancellationToken cancel)
    {
        if (_options.Security == SmtpSecurity.Tls)
        {
            await StartTlsAsync(cancel).ConfigureAwait(false);
        }

        Greeting = await ReadAsync(_options.Limits.GreetingTime, cancel).ConfigureAwait(false);
        if (Greeting.Code != 220)
        {
            throw new SmtpException(Greeting.IsIntermediate ? SmtpFailure.Protocol : SmtpFailure.Connection, $"The server does not want us: {Greeting}");
        }

        await HelloAsync(cancel).ConfigureAwait(false);
        if (_options.Security == SmtpSecurity.StartTls || (_options.Security == SmtpSecurity.StartTlsIfOffered && Capabilities.HasStartTls))
        {
            await UpgradeAsync(cancel).ConfigureAwait(false);
        }

        return Greeting;
    }

    private async Task HelloAsync(CancellationToken cancel)
    {
        var reply = await RunAsync($"EHLO {_options.HelloName}", _options.Limits.CommandTime, cancel).ConfigureAwait(false);
        Capabilities = reply.IsPositive ? ServerCapabilities.Of(reply) : ServerCapabilities.Empty;
        if (reply.IsPermanent)
        {
            // RFC 5321 §3.2: a server from before 1995.
            reply = await RunAsync($"HELO {_options.HelloName}", _options.Limits.CommandTime, cancel).ConfigureAwait(false);
        }

        if (!reply.IsPositive)
        {
            throw new SmtpException(SmtpFailure.Connection, $"The server does not want us: {reply}");
        }
    }

    // Not asked whether it is announced: what is said in the clear may be cut by somebody in between, with the same end as a refusal.
    private async Task UpgradeAsync(CancellationToken cancel)
    {
        var reply = await RunAsync("STARTTLS", _options.Limits.CommandTime, cancel).ConfigureAwait(false);
        if (reply.Code != 220)
        {
            throw new SmtpException(SmtpFailure.Tls, $"The server does not start TLS: {reply}");
        }

        await StartTlsAsync(cancel).ConfigureAwait(false);
        // RFC 3207 §4.2: nothing said before TLS counts.
        Capabilities = ServerCapabilities.Empty;
        await HelloAsync(cancel).ConfigureAwait(false);
    }

    private async Task StartTlsAsync(CancellationToken cancel)
    {
        using var clock = Clock(_options.Limits.ConnectTime, cancel);
        await _transport.StartTlsAsync(_options.Host, _options.ClientIdentity, _options.ServerCertificateValidation, clock.Token).ConfigureAwait(false);
    }

    private CommandClock Clock(TimeSpan time, CancellationToken cancel) => new(time, time, _options.Time, cancel);

    /// <summary>Runs something that owns the connection meanwhile, and decides what an exception means for it.</summary>
    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new InvalidOperationException("The client is busy: one operation at a time.");
        }

        try
        {
            if (_failure is { } failure)
            {
                throw new SmtpException(failure.Failure, failure.Message, failure);
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token);
            try
            {
                return await run(end.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (_failure is not null)
            {
                // Closed from outside: whatever broke in here, that is why.
                throw new SmtpException(_failure.Failure, _failure.Message, e);
            }
            catch (SmtpException e)
            {
                throw Fail(e.Failure == SmtpFailure.Connection && _goodbye is not null ? new SmtpException(SmtpFailure.Connection, $"The server has said goodbye: {_goodbye}", e) : e);
            }
            catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
            {
                throw Fail(new SmtpException(SmtpFailure.Timeout, "The server did not answer in time.", e));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                throw Fail(new SmtpException(SmtpFailure.Connection, $"The connection broke: {e.Message}", e));
            }
            catch (Exception e)
            {
                // Cancelled, or the caller's own: the server waits for something that will never come.
                Fail(new SmtpException(SmtpFailure.Abandoned, "A command was abandoned.", e));
                throw;
            }
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private static SmtpException Error(TransportFailure failure, string message, Exception? inner) =>
        new(failure switch { TransportFailure.Closed => SmtpFailure.Connection, TransportFailure.Tls => SmtpFailure.Tls, _ => SmtpFailure.Protocol }, message, inner);

    /// <summary>Closes the connection; the first reason stays, and is what is given back.</summary>
    private SmtpException Fail(SmtpException reason)
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
