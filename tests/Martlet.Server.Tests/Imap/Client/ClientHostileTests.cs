using System.IO.Compression;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl.Clients;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>A server that lies, floods, falls silent, or is not the server at all.</summary>
public sealed class ClientHostileTests
{
    [Theory]
    [InlineData("* BYE Too many connections.\r\n", ImapFailure.Connection)]
    [InlineData("* 5 EXISTS\r\n", ImapFailure.Protocol)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", ImapFailure.Protocol)]
    [InlineData("A1 OK Hello.\r\n", ImapFailure.Protocol)]
    [InlineData("+ Hello.\r\n", ImapFailure.Protocol)]
    [InlineData("* NO\r\n", ImapFailure.Protocol)]
    public Task What_is_no_greeting_ends_the_connection(string greeting, ImapFailure failure) => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync(greeting);
            await server.ExpectCloseAsync();
        },
        open => FakeServer.FailsAsync(open, failure));

    [Theory]
    [InlineData("A9 OK Done.\r\n", ImapFailure.Protocol)]
    [InlineData("+ go on\r\n", ImapFailure.Protocol)]
    [InlineData("\r\n", ImapFailure.Protocol)]
    [InlineData("A1 FINE\r\n", ImapFailure.Protocol)]
    [InlineData("* LIST () NIL {99999999999}\r\n", ImapFailure.Limit)]
    [InlineData("* 1 FETCH (BODY[] {99999999999}\r\n", ImapFailure.Limit)]
    public Task What_cannot_be_answered_ends_the_connection(string reply, ImapFailure failure) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 NOOP", reply);
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            await FakeServer.FailsAsync(() => client.NoopAsync(), failure);
            await FakeServer.FailsAsync(() => client.NoopAsync(), failure);
        });

    [Fact]
    public Task A_tagged_reply_counts_once() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 NOOP", "A1 OK\r\nA1 OK\r\n");
            await server.ExpectAsync("A2 NOOP");
        },
        async client =>
        {
            await client.NoopAsync();
            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Protocol);
        });

    [Fact]
    public Task A_goodbye_is_told() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 NOOP", "* BYE Going down.\r\n");
            server.Close();
        },
        async client => Assert.Contains("Going down.", (await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Connection)).Message, StringComparison.Ordinal));

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public Task Responses_kept_for_one_command(int count, bool isAllowed) => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", string.Concat(Enumerable.Repeat("* 5 EXISTS\r\n", count)) + "A1 OK\r\n"),
        async client =>
        {
            if (isAllowed)
            {
                Assert.Equal(count, (await client.NoopAsync()).Responses.Count);
                return;
            }

            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Limit);
        },
        FakeServer.With(new ImapClientLimits { ResponsesMax = 3 }));

    [Theory]
    [InlineData(85, true)] // 1,020 bytes
    [InlineData(86, false)]
    public Task Bytes_kept_for_one_command(int count, bool isAllowed) => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", string.Concat(Enumerable.Repeat("* 5 EXISTS\r\n", count)) + "A1 OK\r\n"),
        async client =>
        {
            if (isAllowed)
            {
                Assert.Equal(count, (await client.NoopAsync()).Responses.Count);
                return;
            }

            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Limit);
        },
        FakeServer.With(new ImapClientLimits { BufferedBytesMax = 1024 }));

    [Fact]
    public Task What_a_handler_takes_does_not_count() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", string.Concat(Enumerable.Repeat("* 5 EXISTS\r\n", 1000)) + "A1 OK\r\n"),
        async client =>
        {
            var count = 0;
            await client.ExecuteAsync(BareRequest.Noop, new ImapHandlers { OnResponse = _ => ++count > 0 });
            Assert.Equal(1000, count);
        },
        FakeServer.With(new ImapClientLimits { ResponsesMax = 1, BufferedBytesMax = 1024 }));

    [Fact]
    public async Task A_server_that_does_not_greet_is_left()
    {
        var time = new FakeTimeProvider();
        await FakeServer.RunRawAsync(
            _ => Task.CompletedTask,
            async open =>
            {
                var opening = open();
                time.Advance(TimeSpan.FromSeconds(19));
                Assert.False(opening.IsCompleted);
                time.Advance(TimeSpan.FromSeconds(2));
                await FakeServer.FailsAsync(() => opening, ImapFailure.Timeout);
            },
            FakeServer.With(new ImapClientLimits { GreetingTime = TimeSpan.FromSeconds(20) }, time));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left()
    {
        var time = new FakeTimeProvider();
        await FakeServer.RunAsync(
            server => server.AnswerAsync("A1 NOOP", "* 1 EXISTS\r\n"),
            async client =>
            {
                var exists = new TaskCompletionSource();
                var running = client.ExecuteAsync(BareRequest.Noop, new ImapHandlers { OnResponse = _ => exists.TrySetResult() });
                await exists.Task;
                time.Advance(TimeSpan.FromMinutes(6));
                await FakeServer.FailsAsync(() => running, ImapFailure.Timeout);
            },
            FakeServer.With(ImapClientLimits.Default, time));
    }

    [Fact]
    public async Task A_server_that_only_keeps_talking_is_left_too()
    {
        var time = new FakeTimeProvider();
        var told = new SemaphoreSlim(0);
        await FakeServer.RunAsync(
            async server =>
            {
                await server.ExpectAsync("A1 NOOP");
                for (var minutes = 0; minutes < 12; minutes += 4)
                {
                    await server.SendAsync("* OK Still here.\r\n");
                    await told.WaitAsync();
                    time.Advance(TimeSpan.FromMinutes(4));
                }
            },
            client => FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Timeout),
            FakeServer.With(new ImapClientLimits { CommandTime = TimeSpan.FromMinutes(10) }, time) with { OnUntagged = response => _ = response is StatusResponse { Text: "Still here." } ? told.Release() : 0 });
    }

    [Fact]
    public Task Cancelling_a_command_on_its_way_ends_the_connection() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 NOOP");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            using var cancel = new CancellationTokenSource();
            var running = client.NoopAsync(cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Abandoned);
        });

    [Fact]
    public Task Endless_challenges_end_the_connection() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 AUTHENTICATE X");
            for (var i = 0; i < 20; i++)
            {
                await server.SendAsync("+ \r\n");
                await server.ExpectAsync("");
            }

            await server.SendAsync("+ \r\n");
        },
        client => FakeServer.FailsAsync(() => client.AuthenticateAsync(new Patient()), ImapFailure.Limit));

    [Fact]
    public Task A_challenge_of_the_longest_kind() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE X", $"+ {Convert.ToBase64String(new byte[256])}\r\n");
            await server.AnswerAsync("", "A1 NO\r\n");
        },
        async client => Assert.False((await client.AuthenticateAsync(new Patient())).IsOk),
        FakeServer.With(new ImapClientLimits { ChallengeBytesMax = 256 }));

    [Fact]
    public Task A_longer_challenge_ends_the_connection() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE X", $"+ {Convert.ToBase64String(new byte[257])}\r\n");
            await server.ExpectAsync("*");
            await server.ExpectCloseAsync();
        },
        client => FakeServer.FailsAsync(() => client.AuthenticateAsync(new Patient()), ImapFailure.Protocol),
        FakeServer.With(new ImapClientLimits { ChallengeBytesMax = 256 }));

    [Fact]
    public async Task A_server_that_does_not_answer_the_handshake_is_left()
    {
        var time = new FakeTimeProvider();
        await FakeServer.RunRawAsync(
            async server =>
            {
                await server.ReadAsync(5);
                time.Advance(TimeSpan.FromSeconds(31));
                await server.ReadAsync(5);
            },
            open => FakeServer.FailsAsync(open, ImapFailure.Timeout),
            FakeServer.With(new ImapClientLimits { ConnectTime = TimeSpan.FromSeconds(30) }, time) with { Security = ImapSecurity.Tls });
    }

    [Theory]
    [InlineData("A1 OK Begin.\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] injected\r\n", ImapFailure.Protocol)] // in one packet: CVE-2021-33515 class
    [InlineData("A1 OK Begin.\r\nx", ImapFailure.Protocol)]
    [InlineData("A1 NO Not today.\r\n", ImapFailure.Tls)]
    [InlineData("A1 BAD What?\r\n", ImapFailure.Tls)]
    public Task STARTTLS_or_nothing(string reply, ImapFailure failure) => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("* OK [CAPABILITY IMAP4rev1] Hello.\r\n"); // STARTTLS is not announced: somebody may have removed it
            await server.AnswerAsync("A1 STARTTLS", reply);
            await server.ExpectCloseAsync();
        },
        open => FakeServer.FailsAsync(open, failure),
        FakeServer.Options with { Security = ImapSecurity.StartTls });

    [Fact]
    public Task STARTTLS_and_garbage() => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("* OK Hello.\r\n");
            await server.AnswerAsync("A1 STARTTLS", "A1 OK Begin.\r\n");
            await server.ReadAsync(5); // the handshake
            await server.SendAsync("* OK injected, a little later\r\n");
        },
        open => FakeServer.FailsAsync(open, ImapFailure.Tls),
        FakeServer.Options with { Security = ImapSecurity.StartTls });

    [Fact]
    public Task PREAUTH_where_TLS_is_due_is_refused() => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] Hello.\r\n");
            await server.ExpectCloseAsync();
        },
        open => FakeServer.FailsAsync(open, ImapFailure.Tls),
        FakeServer.Options with { Security = ImapSecurity.StartTls });

    [Fact]
    public Task Compressed_data_that_is_none_ends_the_connection() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 COMPRESS DEFLATE", "A1 OK\r\n\u00ff\u00ff\u00ff\u00ff"),
        async client =>
        {
            Assert.True((await client.CompressAsync()).IsOk);
            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Protocol);
        });

    [Theory]
    [InlineData(500_000, true)]
    [InlineData(3_000_000, false)]
    public Task Compression_may_not_expand_without_end(int bytes, bool isAllowed) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 COMPRESS DEFLATE", "A1 OK\r\n");
            server.Wrap(static input => new DeflateStream(input, CompressionMode.Decompress), static output => new DeflateStream(output, CompressionLevel.Optimal));
            await server.AnswerAsync("A2 NOOP", $"* 1 FETCH (BODY[] {{{bytes}}}\r\n");
            await server.SendAsync(new byte[bytes]);
            await server.SendAsync(")\r\nA2 OK\r\n");
        },
        async client =>
        {
            await client.CompressAsync();
            var handlers = new ImapHandlers { OnData = static (_, _, _, _) => ValueTask.CompletedTask };
            if (isAllowed)
            {
                Assert.True((await client.ExecuteAsync(BareRequest.Noop, handlers)).IsOk);
                return;
            }

            await FakeServer.FailsAsync(() => client.ExecuteAsync(BareRequest.Noop, handlers), ImapFailure.Limit);
        },
        FakeServer.With(new ImapClientLimits { CompressionRatioMax = 100, CompressionSlackBytes = 600_000 }));

    private sealed class Patient : ISaslClient
    {
        public string Mechanism => "X";

        public ReadOnlyMemory<byte>? InitialResponse => null;

        public bool IsComplete => false;

        public SaslClientStep Step(ReadOnlySpan<byte> challenge) => new SaslClientStep.Respond(default);
    }
}
