using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Martlet.Network.Compression;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;

namespace Martlet.Network.Connections;

/// <summary>
/// One peer: buffered bytes in, buffered bytes out, TLS or not, and one deadline. Sessions are written against this type only, so that the transport
/// below can change (ADR 0001).
/// </summary>
/// <remarks>
/// Owned by one session: reads and writes are not thread safe, except <see cref="RequestClose"/>, <see cref="Abort"/> and the deadline, which the heartbeat
/// uses. An idle connection holds no buffers: it waits in a zero-byte read and rents a buffer when bytes have come.
/// </remarks>
public sealed class Connection : IAsyncDisposable
{
    private const int FirstInputSize = 4096;

    // A peer that never lets us wait, because it pipelines or because little decodes to much, has a thread for so many bytes; then others come first.
    private const int BytesPerTurn = 256 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly Socket? _socket;
    private readonly CancellationTokenSource _stop = new();
    private Stream _stream;
    private SslStream? _tls;
    private CompressedStream? _compression;
    private byte[] _input = [];
    private int _start;
    private int _end;
    private long _deadline = long.MaxValue;
    private int _writing;
    private volatile bool _isFilling;
    private TlsBindings? _bindings;
    private int _turn;

    /// <summary>Wraps an open stream.</summary>
    /// <param name="id">Number of the connection in this process; also the source of <see cref="Token"/>.</param>
    /// <param name="stream">Bytes from and to the peer; owned from now on.</param>
    /// <param name="socket">The socket below, to cut it off hard; null in tests without one.</param>
    /// <param name="remote">The peer's address.</param>
    /// <param name="local">Our address.</param>
    /// <param name="time">Clock for the deadlines.</param>
    public Connection(long id, Stream stream, Socket? socket, IPEndPoint remote, IPEndPoint local, TimeProvider time)
    {
        Id = id;
        Token = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c{id:x}");
        _stream = stream;
        _socket = socket;
        Remote = remote;
        Local = local;
        Time = time;
    }

    /// <summary>Number of the connection in this process.</summary>
    public long Id { get; }

    /// <summary>Name of the connection in greeting, logs and Received, so that a user's report finds its log line.</summary>
    public string Token { get; }

    /// <summary>The peer's address and port.</summary>
    public IPEndPoint Remote { get; }

    /// <summary>Our address and port.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Clock of this connection.</summary>
    public TimeProvider Time { get; }

    /// <summary>
    /// Whether <see cref="StartTlsAsync"/> asks the client for its key. Never on port 25: other servers present certificates that mean nothing here, or are upset.
    /// </summary>
    public bool AsksForClientKey { get; init; }

    /// <summary>Counts bytes and handshakes; null for none.</summary>
    public ServiceCounters? Counters { get; init; }

    /// <summary>What TLS agreed on; null while the connection is in the clear.</summary>
    public TlsInfo? Tls { get; private set; }

    /// <summary>What the TLS connection can be recognised by (RFC 5056); nothing in the clear. Computed when first asked for, on the session's thread.</summary>
    public ChannelBindings Bindings => _bindings?.Value ?? ChannelBindings.None;

    /// <summary>Whether what is sent is compressed.</summary>
    public bool IsCompressed => _compression is { IsActive: true };

    /// <summary>Whether TLS can start: it has not yet, and nothing was ever compressed. Compression lies above TLS (RFC 4978 §3), never below.</summary>
    public bool CanStartTls => _tls is null && _compression is null;

    /// <summary>
    /// Whether compression can start: it is off, and no bytes have been received that nobody has taken. Also not by the compression that has ended, which may hold plain
    /// bytes that came behind its end.
    /// </summary>
    public bool CanStartCompression => _start == _end && _compression is null or { CanRestart: true };

    /// <summary>Bytes handed over by flushes, before compression.</summary>
    public long BytesFlushed { get; private set; }

    /// <summary>Why the connection ends; the first reason given stays.</summary>
    public EndReason EndReason { get; private set; }

    /// <summary>Cancelled when the connection is to end: shutdown or a passed deadline. The session then says goodbye and returns.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Largest number of unread bytes kept; <see cref="FillAsync"/> does not read beyond it. A protocol sets it to its longest line.</summary>
    public int InputBytesMax { get; set; } = 64 * 1024;

    /// <summary>Bytes to send at the next <see cref="FlushAsync"/>.</summary>
    public OutputBuffer Output { get; } = new();

    /// <summary>Longest time one flush may take before the peer counts as gone.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Received bytes that nobody has taken yet. Valid until the next fill or advance.</summary>
    public ReadOnlySpan<byte> Unread => _input.AsSpan(_start, _end - _start);

    /// <summary>The same bytes for asynchronous readers. Valid until the next fill or advance.</summary>
    public ReadOnlyMemory<byte> UnreadMemory => _input.AsMemory(_start, _end - _start);

    /// <summary>Takes bytes from the front of <see cref="Unread"/>.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _end - _start);
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    /// <summary>Drops everything received and not taken: before TLS starts, nothing sent in the clear may count afterwards (CVE-2021-33515 class).</summary>
    public void DiscardUnread() => Advance(_end - _start);

    /// <summary>Waits for more bytes from the peer.</summary>
    /// <returns>False when the peer has closed its side, or when <see cref="InputBytesMax"/> bytes are already waiting.</returns>
    /// <exception cref="OperationCanceledException"><see cref="Stopping"/>: deadline or shutdown.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<bool> FillAsync()
    {
        if (_end - _start >= InputBytesMax)
        {
            return false;
        }

        if (_start == _end)
        {
            ReturnInput();
            // Wait without a buffer. The stream returns 0 both when bytes are there and at the end; the next read tells which.
            await ReadStreamAsync(Memory<byte>.Empty).ConfigureAwait(false);
        }

        MakeRoom();
        _isFilling = true;
        int count;
        try
        {
            count = await ReadStreamAsync(_input.AsMemory(_end)).ConfigureAwait(false);
        }
        finally
        {
            _isFilling = false;
        }

        _end += count;
        return count > 0;
    }

    /// <summary>Reads straight into a caller's buffer, first what is buffered: for literals and message data.</summary>
    /// <returns>Number of bytes; 0 when the peer has closed its side.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (_end > _start)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            _input.AsSpan(_start, count).CopyTo(buffer.Span);
            Advance(count);
            return count;
        }

        return await ReadStreamAsync(buffer).ConfigureAwait(false);
    }

    /// <summary>Sends what <see cref="Output"/> holds.</summary>
    /// <exception cref="IOException">The connection broke, or the peer did not take the bytes within <see cref="WriteTimeout"/>.</exception>
    public async ValueTask FlushAsync()
    {
        if (Output.Length == 0)
        {
            return;
        }

        // A write gets its own deadline; the reading deadline is put back afterwards. Not cancelled by Stopping: goodbyes go out while stopping.
        var readDeadline = Interlocked.Exchange(ref _deadline, Time.GetTimestamp() + ToTicks(WriteTimeout));
        Volatile.Write(ref _writing, 1);
        BytesFlushed += Output.Length;
        Counters?.CountSent(Output.Length);
        try
        {
            await _stream.WriteAsync(Output.Written, CancellationToken.None).ConfigureAwait(false);
            await _stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The connection was cut off.", e);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
            Volatile.Write(ref _deadline, readDeadline);
            _turn += Output.Length;
            Output.Clear();
        }

        await TakeTurnAsync().ConfigureAwait(false);
    }

    /// <summary>Lets the peer be silent for <paramref name="allowed"/> from now on; after that <see cref="Stopping"/> is cancelled with <see cref="EndReason.IdleTimeout"/>.</summary>
    public void ExpectWithin(TimeSpan allowed) => Volatile.Write(ref _deadline, Time.GetTimestamp() + ToTicks(allowed));

    /// <summary>Starts TLS as the server. Nothing received before may be left over: what is buffered is dropped.</summary>
    /// <param name="source">Certificate and protocol settings.</param>
    /// <param name="timeout">Longest time for the handshake.</param>
    /// <exception cref="IOException">The handshake failed; the reason is inside.</exception>
    /// <exception cref="InvalidOperationException"><see cref="CanStartTls"/> is false.</exception>
    public async Task StartTlsAsync(TlsSource source, TimeSpan timeout)
    {
        if (!CanStartTls)
        {
            throw new InvalidOperationException("TLS comes first, and once.");
        }

        DiscardUnread();
        ReturnInput();
        ExpectWithin(timeout);
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = _tls = tls;
        try
        {
            await tls.AuthenticateAsServerAsync(source.ServerOptions(AsksForClientKey), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is System.Security.Authentication.AuthenticationException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            End(EndReason.TlsFailed);
            Counters?.CountHandshake(protocol: null);
            throw new IOException($"TLS handshake failed: {e.Message}", e);
        }

        Counters?.CountHandshake(tls.SslProtocol);
        _bindings = await TlsBindings.OfServerAsync(tls).ConfigureAwait(false);
        Tls = new TlsInfo(tls.SslProtocol, tls.NegotiatedCipherSuite, tls.TargetHostName)
        {
            ClientKey = AsksForClientKey && tls.RemoteCertificate is X509Certificate2 certificate ? ClientKey.FromCertificate(certificate.RawDataMemory) : null,
        };
    }

    /// <summary>From here on both sides compress (RFC 4978 §3). The peer has been told, and has sent nothing since it asked.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CanStartCompression"/> is false, or bytes wait to be sent.</exception>
    public void StartCompression()
    {
        if (_end > _start || Output.Length > 0 || _compression?.TryRestart() == false)
        {
            throw new InvalidOperationException("Compression starts once, between a reply and what answers it.");
        }

        if (_compression is null)
        {
            _stream = _compression = new CompressedStream(_stream);
        }
    }

    /// <summary>The next flush is the last compressed one, and the peer has sent its last compressed bytes (RFC 8437 §4.1).</summary>
    /// <exception cref="InvalidOperationException">It is not on.</exception>
    public void EndCompression()
    {
        if (!IsCompressed)
        {
            throw new InvalidOperationException("Nothing is compressed.");
        }

        _compression!.EndWriting();
        _compression.EndReading();
    }

    /// <summary>Records why the connection ends. The first reason stays.</summary>
    public void End(EndReason reason)
    {
        if (EndReason == EndReason.None)
        {
            EndReason = reason;
        }
    }

    /// <summary>Asks the session to say goodbye and end. May be called from any thread.</summary>
    /// <param name="reason">Why; <see cref="EndReason.None"/> when the session will say.</param>
    public void RequestClose(EndReason reason)
    {
        End(reason);
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session ended in the same moment; nothing is left to stop.
        }
    }

    /// <summary>Cuts the connection off at once: pending reads and writes fail. May be called from any thread.</summary>
    public void Abort(EndReason reason)
    {
        End(reason);
        _socket?.Close(0);
        if (_socket is null)
        {
            _stream.Dispose();
        }
    }

    /// <summary>Looks at the deadline; called by the heartbeat about once a second.</summary>
    internal void CheckDeadline(long now)
    {
        if (now < Volatile.Read(ref _deadline))
        {
            return;
        }

        if (Volatile.Read(ref _writing) == 1)
        {
            Abort(EndReason.WriteTimeout);
        }
        else if (_stop.IsCancellationRequested)
        {
            // Asked before and still here: the goodbye did not get through.
            Abort(EndReason.IdleTimeout);
        }
        else
        {
            ExpectWithin(TimeSpan.FromSeconds(10));
            RequestClose(EndReason.IdleTimeout);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Token} {Remote}";

    /// <summary>Closes the connection and gives buffers back. A heartbeat must watch it until it is done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isFilling)
        {
            // A read that still waits writes into the buffer when bytes come: it must never be another session's then. The collector takes it.
            _input = [];
            _start = _end = 0;
        }

        ReturnInput();
        Output.Clear();
        // The goodbye of TLS is a write too: a peer that does not read must not hold it up. Whoever watches the deadline cuts it off.
        Volatile.Write(ref _deadline, Time.GetTimestamp() + ToTicks(CloseTimeout));
        Volatile.Write(ref _writing, 1);
        try
        {
            if (_tls is { } tls && EndReason is EndReason.Logout or EndReason.Shutdown or EndReason.IdleTimeout)
            {
                await tls.ShutdownAsync().ConfigureAwait(false);
            }

            if (_socket is { Connected: true } && EndReason != EndReason.PeerClosed)
            {
                // FIN after the goodbye, so that a peer still sending does not get a reset that eats our last reply.
                _socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            End(EndReason.PeerClosed);
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Writes ASCII text to <see cref="Output"/>.</summary>
    public void Write(string ascii) => Output.Advance(Encoding.ASCII.GetBytes(ascii, Output.GetSpan(ascii.Length)));

    /// <summary>Writes bytes to <see cref="Output"/>.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => Output.Write(bytes);

    private async ValueTask<int> ReadStreamAsync(Memory<byte> buffer)
    {
        await TakeTurnAsync().ConfigureAwait(false);
        try
        {
            var count = await _stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
            _turn += count;
            Counters?.CountReceived(count);
            return count;
        }
        catch (InvalidDataException e)
        {
            End(EndReason.ProtocolError);
            throw new IOException("What the peer sent is not compressed as agreed.", e);
        }
    }

    private async ValueTask TakeTurnAsync()
    {
        if (_turn >= BytesPerTurn)
        {
            _turn = 0;
            await Task.Yield();
        }
    }

    private long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);

    private void MakeRoom()
    {
        if (_input.Length == 0)
        {
            _input = ArrayPool<byte>.Shared.Rent(FirstInputSize);
            return;
        }

        if (_end < _input.Length)
        {
            return;
        }

        var target = _start > 0 && _end - _start <= _input.Length / 2 ? _input : ArrayPool<byte>.Shared.Rent(Math.Min(_input.Length * 2, Math.Max(InputBytesMax, FirstInputSize)));
        _input.AsSpan(_start, _end - _start).CopyTo(target);
        (_end, _start) = (_end - _start, 0);
        if (!ReferenceEquals(target, _input))
        {
            ArrayPool<byte>.Shared.Return(_input);
            _input = target;
        }
    }

    private void ReturnInput()
    {
        if (_input.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_input);
            _input = [];
            _start = _end = 0;
        }
    }
}
