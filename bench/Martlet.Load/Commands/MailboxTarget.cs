using System.Globalization;
using System.Text.RegularExpressions;
using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>One server in a comparison: its connection with the large mailbox selected, and what a row has to keep between its preparation and its command.</summary>
internal sealed partial class MailboxTarget(IImapServer server, ImapClient client) : IDisposable
{
    public IImapServer Server => server;

    public ImapClient Client => client;

    public uint UidValidity { get; private set; }

    public ulong ModSeq { get; private set; }

    public static async Task<MailboxTarget> OpenAsync(IImapServer server, int user) => new(server, await LoginAsync(server, user));

    public static Task<ImapClient> LoginAsync(IImapServer server, int user) => ImapClient.LoginAsync(server.ImapPort, server.Address(user), server.Password);

    /// <summary>Selects INBOX, remembers its UIDVALIDITY and HIGHESTMODSEQ, and then changes a few messages.</summary>
    /// <param name="changes">Messages whose flag changes.</param>
    /// <param name="expunges">Messages that are expunged.</param>
    /// <param name="run">Another flag value each run, so that each is a change.</param>
    public async Task ChangeAsync(int changes, int expunges, int run)
    {
        var answer = await client.RunTextAsync("SELECT INBOX (CONDSTORE)");
        UidValidity = uint.Parse(UidValidityCode().Match(answer).Groups["number"].Value, CultureInfo.InvariantCulture);
        ModSeq = ulong.Parse(ModSeqCode().Match(answer).Groups["number"].Value, CultureInfo.InvariantCulture);
        var exists = int.Parse(Exists().Match(answer).Groups["number"].Value, CultureInfo.InvariantCulture);
        string Spread(int count, int first) =>
            string.Join(',', Enumerable.Range(0, count).Select(i => (1 + first + ((long)exists * i / count)).ToString(CultureInfo.InvariantCulture)));
        await client.RunLargeAsync($"STORE {Spread(changes, 3)} {(run % 2 == 0 ? '+' : '-')}FLAGS.SILENT (\\Draft)");
        if (expunges > 0)
        {
            await client.RunLargeAsync($"STORE {Spread(expunges, 7)} +FLAGS.SILENT (\\Deleted)");
            await client.RunLargeAsync("EXPUNGE");
        }
    }

    /// <summary>Leaves <c>Copies</c> with a copy of the whole INBOX and nothing else.</summary>
    public async Task CopyAllAsync()
    {
        await MakeAnewAsync("Copies");
        await client.RunLargeAsync("COPY 1:* Copies");
    }

    /// <summary>Selects INBOX, and makes an empty mailbox in place of one of that name.</summary>
    public async Task MakeAnewAsync(string mailbox)
    {
        await client.RunLargeAsync("SELECT INBOX");
        await DeleteAsync(mailbox);
        await client.RunLargeAsync("CREATE " + mailbox);
    }

    public async Task DeleteAsync(string mailbox)
    {
        if ((await client.RunTextAsync($"LIST \"\" {mailbox}")).StartsWith('*'))
        {
            await client.RunLargeAsync("DELETE " + mailbox);
        }
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex(@"UIDVALIDITY (?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UidValidityCode();

    [GeneratedRegex(@"HIGHESTMODSEQ (?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ModSeqCode();

    [GeneratedRegex(@"\* (?<number>\d+) EXISTS", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exists();
}
