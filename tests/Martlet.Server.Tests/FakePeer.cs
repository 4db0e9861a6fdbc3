using System.IO.Pipelines;
using System.Text;
using Xunit;

namespace Martlet.Server.Tests;

/// <summary>The server's end of a connection over memory: no socket, no time. Text is Latin-1, so that every byte can be said.</summary>
internal class FakePeer
{
    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private Stream _input;
    private Stream _output;

    protected FakePeer()
    {
        _input = _toServer.Reader.AsStream();
        _output = _toClient.Writer.AsStream();
        Client = new Pair(_toClient.Reader.AsStream(), _toServer.Writer.AsStream());
    }

    /// <summary>The client's end.</summary>
    public Stream Client { get; }

    /// <summary>Both parts to their end; a failure of one is told before the other waits for ever.</summary>
    public static async Task BothAsync(Task served, Task used)
    {
        await await Task.WhenAny(served, used).WaitAsync(TimeSpan.FromSeconds(60));
        await Task.WhenAll(served, used).WaitAsync(TimeSpan.FromSeconds(60));
    }

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
