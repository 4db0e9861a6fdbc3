using Martlet.Server.Observe.Journal;

namespace Martlet.Server.Admin;

/// <summary>Tells what became of messages.</summary>
/// <param name="Query">A Message-ID, in angle brackets to mean nothing else, or an address.</param>
/// <param name="Limit">Journeys at most, from 1 to <see cref="LimitMax"/>.</param>
/// <param name="Since">Messages that came then or later.</param>
/// <param name="Until">Messages that came then or before.</param>
public sealed record TraceMail(string Query, int Limit = TraceMail.LimitDefault, DateTimeOffset? Since = null, DateTimeOffset? Until = null) : AdminRequest
{
    /// <summary>Journeys when nobody says how many.</summary>
    public const int LimitDefault = 20;

    /// <summary>Most journeys of one request.</summary>
    public const int LimitMax = 1000;

    /// <summary>Longest query.</summary>
    private const int QueryCharsMax = 2000;

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var account = AdminNames.Address(Query, context) is { } address ? context.Store.Directory.FindAddress(address)?.Id.Value : null;
        return RunAsync(context, new TraceQuery { Text = Query, Account = account, Limit = Limit, Since = Since, Until = Until }, cancel);
    }

    /// <summary>The same for an administrator and for the owner of an account.</summary>
    internal static async Task<AdminReply> RunAsync(AdminContext context, TraceQuery query, CancellationToken cancel)
    {
        if (query.Limit is < 1 or > LimitMax)
        {
            return AdminReply.Refused($"The limit is a number from 1 to {LimitMax}.");
        }

        if (query.Text is { } text && (text.Length > QueryCharsMax || JournalText.MessageId(text).Length == 0))
        {
            return AdminReply.Refused($"Give a Message-ID or an address, of at most {QueryCharsMax} characters.");
        }

        if (context.Journal is not { } journal)
        {
            return AdminReply.Refused("No journal of mail is kept here: 'limit journal-bytes' is 0 in the configuration.");
        }

        try
        {
            return AdminReply.Done("") with { Trace = await MailTrace.FindAsync(journal, context.Store, query, cancel) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AdminReply.Failed($"The journal of mail cannot be read: {e.Message}");
        }
    }
}
