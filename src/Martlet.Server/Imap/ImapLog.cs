using Microsoft.Extensions.Logging;

namespace Martlet.Server.Imap;

/// <summary>What IMAP sessions log.</summary>
internal static partial class ImapLog
{
    [LoggerMessage(EventId = 3000, Level = LogLevel.Debug, Message = "client cid={Cid} name={Name} version={Version}")]
    public static partial void Client(ILogger logger, string cid, string? name, string? version);

    // Without its arguments: they have addresses, names of mailboxes and, with LOGIN, a password in them.
    [LoggerMessage(EventId = 3003, Level = LogLevel.Debug, Message = "command cid={Cid} command={Command} result={Result} ms={Milliseconds}")]
    public static partial void Command(ILogger logger, string cid, string command, string result, double milliseconds);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "store failed cid={Cid} command={Command}")]
    public static partial void StoreFailed(ILogger logger, string cid, string command, Exception fault);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "command failed cid={Cid} command={Command}")]
    public static partial void CommandFailed(ILogger logger, string cid, string command, Exception fault);
}
