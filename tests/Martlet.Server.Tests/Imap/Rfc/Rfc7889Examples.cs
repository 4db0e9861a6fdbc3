using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 7889. The limit is the same for all mailboxes, so CAPABILITY has its value.</summary>
[Capability("APPENDLIMIT")]
public sealed class Rfc7889Examples
{
    [Fact]
    public Task Sections_2_and_3_APPENDLIMIT() => ImapServer.PlayAsync("""
        C: t1 CAPABILITY
        S: * CAPABILITY *
        S: t1 OK Done.
        C: t2 STATUS INBOX (APPENDLIMIT)
        S: * STATUS INBOX (APPENDLIMIT 104857600)
        S: t2 OK Done.
        C: t3 LIST "" INBOX RETURN (STATUS (APPENDLIMIT))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (APPENDLIMIT 104857600)
        S: t3 OK Done.
        """);
}
