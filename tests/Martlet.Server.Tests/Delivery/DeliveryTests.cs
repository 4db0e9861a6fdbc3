using Martlet.Server.Tests.Smtp;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Delivery;

public sealed class DeliveryTests : SmtpTest
{
    [Fact]
    public async Task A_message_arrives_byte_for_byte_after_its_trace_fields()
    {
        var captured = await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 2.1.0 Sender taken.
            C: RCPT TO:<alice@example.org>
            S: 250 2.1.5 Recipient taken.
            C: DATA
            S: 354 Send the message, then a line with a dot.
            C: Subject: hi
            C: 
            C: one
            C: ..two
            C: ...three
            C: .
            S: 250 2.6.0 Delivered as {id}.
            C: QUIT
            S: 221 2.0.0 Goodbye.
            S: <closed>
            """);
        Assert.Equal(
            [
                "Return-Path: <carol@example.net>\r\n"
                + "Delivered-To: alice@example.org\r\n"
                + "Received: from client.example ([127.0.0.1]) by mx.example.org with ESMTP\r\n"
                + $"\tid {captured["id"].TrimEnd('.')} for <alice@example.org>; Sun, 01 Mar 2026 12:00:00 +0000\r\n"
                + "Subject: hi\r\n\r\none\r\n.two\r\n..three\r\n",
            ],
            await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }
}
