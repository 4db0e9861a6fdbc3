using System.IO.Pipelines;
using System.Text;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap.Client;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>A server that says what a test wants, over memory: no socket, no time. Text is Latin-1, so that every byte can be said.</summary>
internal sealed class FakeServer
{
    public const string Capabilities = "IMAP4rev1 LITERAL+ SASL-IR ENABLE ESEARCH IDLE UIDPLUS";

    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private Stream _input;
    private Stream _output;

    private FakeServer()
    {
        _input = _toServer.Reader.AsStream();
        _output = _toClient.Writer.AsStream();
        Client = new Pair(_toClient.Reader.AsStream(), _toServer.Writer.AsStream());
    }

    public static ImapClientOptions Options { get; } = new("mail.example.org", 143) { Security = ImapSecurity.None };

    /// <summary>The client's end.</summary>
    public Stream Client { get; }

    /// <summary>Plays a server with a greeting that has capabilities, and a client that is connected; both to their end.</summary>
    public static Task RunAsync(Func<FakeServer, Task> server, Func<ImapClient, Task> client, ImapClientOptions? options = null, string capabilities = Capabilities) => RunRawAsync(
        async peer =>
        {
            await peer.SendAsync($"* OK [CAPABILITY {capabilities}] Hello.\r\n");
            await server(peer);
        },
        async open =>
        {
            await using var connected = await open();
            await client(connected);
        },
        options);

    /// <summary>The same without a greeting: the client's part opens the connection itself.</summary>
    public static async Task RunRawAsync(Func<FakeServer, Task> server, Func<Func<Task<ImapClient>>, Task> client, ImapClientOptions? options = null)
    {
        var peer = new FakeServer();
        var served = server(peer);
        var used = client(() => ImapClient.OpenAsync(peer.Client, options ?? Options));
        await await Task.WhenAny(served, used).WaitAsync(TimeSpan.FromSeconds(60)); // a failure of one is told before the other waits for ever
        await Task.WhenAll(served, used).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>What a client that must fail fails with.</summary>
    public static async Task<ImapException> FailsAsync(Func<Task> use, ImapFailure failure)
    {
        var exception = await Assert.ThrowsAsync<ImapException>(use);
        Assert.Equal(failure, exception.Failure);
        return exception;
    }

    /// <summary>Limits that a test changes.</summary>
    public static ImapClientOptions With(ImapClientLimits limits, TimeProvider? time = null) => Options with { Limits = limits, Time = time ?? TimeProvider.System };

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await _output.WriteAsync(bytes);
        await _output.FlushAsync();
    }

    /// <summary>The next line must be this.</summary>
    public async Task ExpectAsync(string line) => Assert.Equal(line, await ReadLineAsync());

    /// <summary>The next line must be this; then says something.</summary>
    public async Task AnswerAsync(string line, string reply)
    {
        await ExpectAsync(line);
        await SendAsync(reply);
    }

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line is not [.., '\n'])
        {
            line.Append(await ReadAsync(1));
        }

        return line.ToString().TrimEnd('\n').TrimEnd('\r');
    }

    public async Task<string> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _input.ReadExactlyAsync(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Whether the client has sent nothing more and closed.</summary>
    public async Task ExpectCloseAsync() => Assert.Equal(0, await _input.ReadAsync(new byte[1]));

    /// <summary>Both directions as one, for TLS.</summary>
    public Stream Both => new Pair(_input, _output);

    /// <summary>Puts a layer on both directions.</summary>
    public void Wrap(Func<Stream, Stream> input, Func<Stream, Stream> output) => (_input, _output) = (input(_input), output(_output));

    public void Close() => _toClient.Writer.Complete();

    private sealed class Pair(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => input.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => output.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            output.Dispose();
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
