using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Martlet.Protocols.Smtp;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Delivery;

/// <summary>
/// Tells owners by a message in their INBOX that their account is 80 or 95 per cent full: once, and again only after enough was removed in between. The store notices
/// it with any change (mail, APPEND, COPY, import); this job writes the message.
/// </summary>
/// <remarks>What is not told because the process ended is told with the next change of the account.</remarks>
internal sealed partial class QuotaWarner : IAsyncDisposable
{
    /// <summary>Accounts that wait to be told; more are told with their next change.</summary>
    public const int WaitingMax = 10_000;

    private static readonly ChangeOrigin Origin = new("server", "");

    private readonly Channel<AccountId> _waiting = Channel.CreateBounded<AccountId>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly MailStore _store;
    private readonly string _hostname;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    public QuotaWarner(MailStore store, string hostname, TimeProvider time, ILogger logger)
    {
        (_store, _hostname, _time, _logger) = (store, hostname, time, logger);
        store.Settings.QuotaCrossed = account => _waiting.Writer.TryWrite(account);
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _store.Settings.QuotaCrossed = null;
        _waiting.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        await foreach (var id in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                await TellAsync(id);
            }
            catch (StoreException e)
            {
                LogNotTold(_logger, id, e.Message);
            }
        }
    }

    private async Task TellAsync(AccountId id)
    {
        if (_store.OpenAccount(id) is not { } account || account.FindMailbox(MailboxPath.Inbox) is not { } inbox)
        {
            return;
        }

        var limits = _store.QuotaOf(account);
        var level = limits.FullnessOf(account.Row);
        if (level <= account.Row.QuotaWarned)
        {
            return; // Several changes came before the message; or some was removed again.
        }

        using var spool = _store.NewSpool();
        spool.Write(Encoding.UTF8.GetBytes(Text(account, limits, level)));
        spool.Complete();
        var result = await _store.AddMessagesAsync([new NewMessage { Mailbox = inbox, Content = spool, QuotaNotice = level, Received = _time.GetUtcNow() }], Origin);
        LogTold(_logger, account.Name, level, result.Refusal);
    }

    private string Text(Account account, QuotaLimits limits, int level)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var used = new List<string>();
        if (limits.Bytes > 0)
        {
            used.Add(string.Create(CultureInfo.InvariantCulture, $"{account.Row.Bytes / 1e6:n1} MB of {limits.Bytes / 1e6:n1} MB"));
        }

        if (limits.Messages > 0)
        {
            used.Add(string.Create(CultureInfo.InvariantCulture, $"{account.Row.Messages:n0} of {limits.Messages:n0} messages"));
        }

        // RFC 3834 §5: nobody's vacation program is to answer.
        return string.Create(CultureInfo.InvariantCulture, $"""
            Date: {now:ddd, dd MMM yyyy HH:mm:ss} +0000
            From: Mail server <postmaster@{_hostname}>
            To: {EmailAddress.Write(account.Name)}
            Subject: Your mailbox is {level} % full
            Message-ID: <quota-{level}-{account.Id.Value}-{now:yyyyMMddHHmmssfff}@{_hostname}>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Your mailbox holds {string.Join(", and ", used)}.

            When it is full, mail for you is put off: senders are told to try again later, and
            after some days their mail comes back to them. Delete what you do not need, and
            empty Trash and Junk; or ask your administrator for more room.

            """).ReplaceLineEndings("\r\n");
    }

    [LoggerMessage(EventId = 2210, Level = LogLevel.Information, Message = "owner told how full the account is account={Account} level={Level} refusal={Refusal}")]
    private static partial void LogTold(ILogger logger, string account, int level, Refusal refusal);

    [LoggerMessage(EventId = 2211, Level = LogLevel.Warning, Message = "owner not told how full the account is account={Account} reason={Reason}")]
    private static partial void LogNotTold(ILogger logger, AccountId account, string reason);
}
