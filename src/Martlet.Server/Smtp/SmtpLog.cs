using Microsoft.Extensions.Logging;

namespace Martlet.Server.Smtp;

/// <summary>What SMTP sessions log. Arguments of commands are not in it: addresses are the journal's business, and AUTH has secrets.</summary>
internal static partial class SmtpLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "store failed cid={Cid} command={Command}")]
    public static partial void StoreFailed(ILogger logger, string cid, string command, Exception fault);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Debug, Message = "command cid={Cid} service={Service} command={Command} reply={Reply} ms={Milliseconds}")]
    public static partial void Command(ILogger logger, string cid, string service, string command, int reply, double milliseconds);
}
