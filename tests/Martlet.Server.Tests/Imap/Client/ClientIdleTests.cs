using System.IO.Compression;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>IDLE and COMPRESS: the two that change how a connection is read.</summary>
public sealed class ClientIdleTests
{
    [Fact]
    public Task The_caller_ends_it() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 IDLE", "* 1 EXISTS\r\n+ idling\r\n* 2 EXISTS\r\n+ still here\r\n* 3 EXI");
            await server.AnswerAsync("DONE", "STS\r\n* 4 EXISTS\r\nA1 OK\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            using var until = new CancellationTokenSource();
            var seen = new TaskCompletionSource();
            List<uint> counts = [];
            var idle = client.IdleAsync(
                response =>
                {
                    counts.Add(((ExistsData)response).Messages);
                    if (counts.Count == 2)
                    {
                        seen.SetResult();
                    }

                    return true;
                },
                until.Token);
            await seen.Task;
            await until.CancelAsync();
            var result = await idle;
            Assert.True(result.IsOk && result.Responses.Count == 0);
            Assert.Equal([1u, 2u, 3u, 4u], counts);
            await client.NoopAsync();
        });

    [Fact]
    public Task The_handler_ends_it() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 IDLE", "+ \r\n* 2 EXISTS\r\n");
            await server.AnswerAsync("DONE", "A1 OK\r\n");
        },
        async client => Assert.True((await client.IdleAsync(static _ => false, CancellationToken.None)).IsOk));

    [Fact]
    public async Task The_timer_ends_it()
    {
        var time = new FakeTimeProvider();
        var seen = new TaskCompletionSource();
        await FakeServer.RunAsync(
            async server =>
            {
                await server.AnswerAsync("A1 IDLE", "+ \r\n* 2 EXISTS\r\n");
                await seen.Task;
                time.Advance(TimeSpan.FromMinutes(27)); // longer than any silence allowed elsewhere
                time.Advance(TimeSpan.FromMinutes(2));
                await server.AnswerAsync("DONE", "A1 OK\r\n");
            },
            async client =>
            {
                var idle = client.IdleAsync(_ => seen.TrySetResult(), CancellationToken.None);
                Assert.True((await idle).IsOk);
            },
            FakeServer.With(ImapClientLimits.Default, time));
    }

    [Theory]
    [InlineData("A1 NO Not now.\r\n")]
    [InlineData("A1 BAD What?\r\n")]
    [InlineData("+ \r\nA1 OK Enough.\r\n")]
    [InlineData("+ \r\nA1 NO Enough.\r\n")]
    public Task The_server_ends_it(string reply) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 IDLE", reply);
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            var result = await client.IdleAsync(onResponse: null, CancellationToken.None);
            Assert.Equal(reply.Contains("OK", StringComparison.Ordinal), result.IsOk);
            await client.NoopAsync();
        });

    [Fact]
    public Task A_stop_before_the_start_still_says_DONE() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 IDLE", "+ \r\n");
            await server.AnswerAsync("DONE", "A1 OK\r\n");
        },
        async client => Assert.True((await client.IdleAsync(onResponse: null, new CancellationToken(canceled: true))).IsOk));

    [Fact]
    public Task Closing_the_client_ends_an_IDLE() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 IDLE", "+ \r\n* 2 EXISTS\r\n"),
        async client =>
        {
            // The handler goes on before this does: the client waits for the next bytes when it is closed.
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var idle = client.IdleAsync(_ => seen.TrySetResult(), CancellationToken.None);
            await seen.Task;
            await client.DisposeAsync();
            await FakeServer.FailsAsync(() => idle, ImapFailure.Connection);
        });

    [Fact]
    public Task Compressed_bytes_are_told_as_they_come() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 COMPRESS DEFLATE");

            // Compressed bytes in the same packet as the OK, and each later flush without a byte after it: nothing may wait for more.
            var first = new MemoryStream();
            await first.WriteAsync("A1 OK\r\n"u8.ToArray());
            var deflater = new DeflateStream(first, CompressionLevel.Fastest, leaveOpen: true);
            await deflater.WriteAsync("* 1 EXISTS\r\n"u8.ToArray());
            await deflater.FlushAsync();
            var sent = 0;
            async Task SendNewAsync()
            {
                await server.SendAsync(first.ToArray()[sent..]);
                sent = (int)first.Length;
            }

            await SendNewAsync();
            server.Wrap(static input => new DeflateStream(input, CompressionMode.Decompress), static output => output);
            await server.ExpectAsync("A2 NOOP");
            await deflater.WriteAsync("* 2 EXISTS\r\nA2 OK\r\n"u8.ToArray());
            await deflater.FlushAsync();
            await SendNewAsync();
            await server.ExpectAsync("A3 IDLE");
            await deflater.WriteAsync("+ \r\n* 3 EXISTS\r\n"u8.ToArray());
            await deflater.FlushAsync();
            await SendNewAsync();
            await server.ExpectAsync("DONE");
            await deflater.WriteAsync("A3 OK\r\n"u8.ToArray());
            await deflater.FlushAsync();
            await SendNewAsync();
        },
        async client =>
        {
            Assert.True((await client.CompressAsync()).IsOk && client.IsCompressed);
            Assert.Equal([1u, 2u], (await client.NoopAsync()).All<ExistsData>().Select(static exists => exists.Messages));
            Assert.True((await client.IdleAsync(static _ => false, CancellationToken.None)).IsOk);
            await Assert.ThrowsAsync<ArgumentException>(() => client.ExecuteAsync(BareRequest.Unauthenticate));
        });

    [Fact]
    public Task A_refused_COMPRESS_changes_nothing() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 COMPRESS DEFLATE", "A1 NO [COMPRESSIONACTIVE] TLS does.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            Assert.False((await client.CompressAsync()).IsOk || client.IsCompressed);
            await client.NoopAsync();
        });
}
