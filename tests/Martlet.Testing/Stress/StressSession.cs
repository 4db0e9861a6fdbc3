using System.Globalization;
using System.Text.RegularExpressions;
using Martlet.Testing.Transcripts;

namespace Martlet.Testing.Stress;

/// <summary>What a session has turned on.</summary>
[Flags]
public enum StressModes
{
    /// <summary>CONDSTORE, which all have.</summary>
    None = 0,

    /// <summary>QRESYNC.</summary>
    QResync = 1,

    /// <summary>UIDONLY.</summary>
    UidOnly = 2,

    /// <summary>NOTIFY for the selected mailbox, delayed, and STATUS of all others.</summary>
    Notify = 4,
}

/// <summary>One client that sends random commands and believes nothing it is told without checking it.</summary>
/// <param name="peer">Connection, logged in.</param>
/// <param name="truth">What all know.</param>
/// <param name="modes">What is turned on.</param>
/// <param name="random">Seeded.</param>
public sealed partial class StressSession(TestPeer peer, StressTruth truth, StressModes modes, Random random) : IAsyncDisposable
{
    private const int MessagesMax = 150;

    /// <summary>Mailboxes that messages are put into.</summary>
    public static readonly IReadOnlyList<string> Mailboxes = ["INBOX", "Archive", "Sent"];

    private static readonly string[] Flags = ["\\Seen", "\\Flagged", "\\Answered", "\\Deleted", "$Junk", "Blue", "Green"];

    private readonly Queue<string> _last = new();
    private int _tag;
    private string? _mailbox;

    /// <summary>What the client knows of the open mailbox.</summary>
    public StressView View { get; } = new(truth, hasNumbers: !modes.HasFlag(StressModes.UidOnly));

    /// <summary>Commands sent.</summary>
    public int Commands => _tag;

    private bool IsUidOnly => modes.HasFlag(StressModes.UidOnly);

    /// <summary>Turns things on and opens a mailbox.</summary>
    public async Task StartAsync()
    {
        var names = "CONDSTORE" + (modes.HasFlag(StressModes.QResync) ? " QRESYNC" : "") + (IsUidOnly ? " UIDONLY" : "");
        await OkAsync($"ENABLE {names}");
        if (modes.HasFlag(StressModes.Notify))
        {
            await OkAsync("NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) (personal (MessageNew MessageExpunge FlagChange MailboxName))");
        }

        await SelectAsync(Mailboxes[random.Next(Mailboxes.Count)]);
    }

    /// <summary>One random command, and after it what a client does to know all its messages.</summary>
    public async Task StepAsync()
    {
        await (random.Next(100) switch
        {
            < 12 => OkAsync("NOOP"),
            < 24 => FetchAsync(),
            < 48 => StoreAsync(),
            < 56 => AppendAsync(),
            < 58 => ReplaceAsync(),
            < 66 => CopyAsync("COPY"),
            < 72 => CopyAsync("MOVE"),
            < 80 => ExpungeAsync(),
            < 85 => SearchAsync(),
            < 89 => IdleAsync(),
            < 93 => ReselectAsync(),
            < 96 => OkAsync($"STATUS {Mailboxes[random.Next(Mailboxes.Count)]} (MESSAGES UIDNEXT UNSEEN HIGHESTMODSEQ)"),
            < 98 => NamesAsync(),
            _ => ChangedSinceAsync(),
        });
        if (View.FirstUnknown > 0)
        {
            await LearnAsync();
        }
    }

    /// <summary>When nobody changes anything any more: what the client was told is what is there.</summary>
    public async Task<(uint UidValidity, string Dump)> EndAsync()
    {
        await OkAsync("NOOP");
        if (View.FirstUnknown > 0)
        {
            await LearnAsync();
        }

        var told = View.Dump();
        await OkAsync("UID FETCH 1:* (UID FLAGS MODSEQ)");
        var (wrong, right) = (told.Split('\n'), View.Dump().Split('\n'));
        Require(
            View.Dump() == told,
            $"({modes}) what was told differs from what is there: told {string.Join("; ", wrong.Except(right))}; is {string.Join("; ", right.Except(wrong))}");
        truth.CheckEnd(View.UidValidity, View.Uids);
        return (View.UidValidity, told);
    }

    /// <summary>Compares a mailbox with everything that was ever told of it.</summary>
    public async Task CheckAsync(string mailbox)
    {
        await SelectAsync(mailbox);
        await OkAsync("UID FETCH 1:* (UID FLAGS MODSEQ)");
        truth.CheckEnd(View.UidValidity, View.Uids);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => peer.DisposeAsync();

    private Task LearnAsync() => OkAsync(IsUidOnly
        ? "UID FETCH 1:* (UID FLAGS MODSEQ)"
        : string.Create(CultureInfo.InvariantCulture, $"FETCH {View.FirstUnknown}:* (UID FLAGS MODSEQ)"));

    private async Task FetchAsync()
    {
        if (View.Count > 0)
        {
            await OkOrNoAsync(Command("FETCH", $"{Range()} (UID FLAGS MODSEQ)"));
        }
    }

    private async Task StoreAsync()
    {
        if (View.Count == 0)
        {
            return;
        }

        var uids = Pick();
        var action = "+-="[random.Next(3)];
        string[] flags = [.. Flags.Where(_ => random.Next(4) == 0)];
        var isSilent = random.Next(2) == 0;
        var since = random.Next(4) == 0 ? random.Next(2) == 0 ? View.ModSeq : View.ModSeqOf(uids[0]) : -1;
        var condition = since >= 0 ? string.Create(CultureInfo.InvariantCulture, $" (UNCHANGEDSINCE {since})") : "";
        View.Silent = isSilent && since < 0 ? (action, flags) : null;
        var sign = action == '=' ? "" : action.ToString();
        var silent = isSilent && since < 0 ? ".SILENT" : "";
        await OkOrNoAsync($"UID STORE {string.Join(',', uids)}{condition} {sign}FLAGS{silent} ({string.Join(' ', flags)})");
    }

    private async Task AppendAsync()
    {
        if (View.Count < MessagesMax)
        {
            var message = $"Subject: Stress {random.Next()}\r\n\r\nBody\r\n";
            var reply = await CommandAsync($"APPEND {Mailboxes[random.Next(Mailboxes.Count)]} ({string.Join(' ', Flags.Where(_ => random.Next(5) == 0))}) {{{message.Length}+}}\r\n{message}");
            Require(reply.StartsWith("OK [APPENDUID ", StringComparison.Ordinal), reply);
            NoteKept(reply, "APPENDUID");
        }
    }

    private async Task CopyAsync(string name)
    {
        if (View.Count == 0 || (name == "COPY" && View.Count > MessagesMax))
        {
            return;
        }

        var uids = Pick();
        if (name == "MOVE")
        {
            uids.ForEach(uid => truth.NoteGone(View.UidValidity, uid));
        }

        var reply = await CommandAsync($"UID {name} {string.Join(',', uids)} {Mailboxes[random.Next(Mailboxes.Count)]}");
        Require(reply.StartsWith("OK", StringComparison.Ordinal), reply);
        NoteKept(reply, "COPYUID");
    }

    private async Task ReplaceAsync()
    {
        if (View.Count > 0)
        {
            var uid = Pick()[0];
            truth.NoteGone(View.UidValidity, uid);
            var message = $"Subject: Replaced {random.Next()}\r\n\r\nBody\r\n";
            await OkOrNoAsync($"UID REPLACE {uid} {Mailboxes[random.Next(Mailboxes.Count)]} ({Flags[random.Next(Flags.Length)]}) {{{message.Length}+}}\r\n{message}");
        }
    }

    private async Task ExpungeAsync()
    {
        // Whoever has \Deleted may go, also with flags this client has not heard of yet.
        foreach (var uid in View.Uids)
        {
            truth.NoteGone(View.UidValidity, uid);
        }

        var reply = random.Next(2) == 0 || View.Count == 0 ? await ExpungeAllAsync() : await CommandAsync($"UID EXPUNGE {string.Join(',', Pick())}");
        Require(reply.StartsWith("OK [HIGHESTMODSEQ ", StringComparison.Ordinal), reply);
        View.NoteModSeq(long.Parse(Digits().Match(reply).ValueSpan, CultureInfo.InvariantCulture));
    }

    private async Task<string> ExpungeAllAsync()
    {
        try
        {
            return await CommandAsync("EXPUNGE");
        }
        catch (Exception e) when (e is IOException or StressException)
        {
            View.NoteLostExpunge();
            throw;
        }
    }

    private async Task SearchAsync()
    {
        var key = random.Next(3) switch { 0 => "UNSEEN", 1 => "KEYWORD Blue", _ => "ALL" };
        await OkAsync(IsUidOnly || random.Next(2) == 0 ? $"UID SEARCH {key}" : $"SEARCH {key}");
    }

    private async Task IdleAsync()
    {
        var tag = $"t{++_tag}";
        View.MayExpunge = true;
        await peer.SendLineAsync($"{tag} IDLE");
        Note($"C: {tag} IDLE");
        var isOver = false;
        while (!isOver)
        {
            var line = await ReadAsync();
            if (line.StartsWith("+ ", StringComparison.Ordinal))
            {
                await Task.Delay(random.Next(20));
                await peer.SendLineAsync("DONE");
            }
            else
            {
                isOver = line.StartsWith(tag + " OK", StringComparison.Ordinal);
                Take(line, isOver);
            }
        }

        View.EndCommand();
    }

    private async Task ReselectAsync()
    {
        if (modes.HasFlag(StressModes.QResync) && _mailbox is not null && random.Next(3) > 0)
        {
            // Away and back: everything that happened meanwhile comes with SELECT.
            await OkAsync("NOOP");
            // A modseq is worth something only to who knows all messages up to it, and the reply to a FETCH may tell of more.
            while (View.FirstUnknown > 0)
            {
                await LearnAsync();
            }

            var modSeq = View.ModSeq;
            await OkAsync("UNSELECT");
            View.Close(keepsMessages: true);
            await Task.Delay(random.Next(10));
            await OkAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {_mailbox} (QRESYNC ({View.UidValidity} {modSeq}))"));
            View.Restore();
        }
        else
        {
            await SelectAsync(Mailboxes[random.Next(Mailboxes.Count)]);
        }
    }

    private async Task SelectAsync(string mailbox)
    {
        _mailbox = mailbox;
        await OkAsync($"SELECT {mailbox} (CONDSTORE)");
    }

    private async Task NamesAsync()
    {
        var name = $"Box-{random.Next(5)}";
        await CommandAsync(random.Next(3) switch { 0 => $"CREATE {name}", 1 => $"DELETE {name}", _ => $"RENAME {name} Box-{random.Next(5)}" });
    }

    private async Task ChangedSinceAsync()
    {
        var vanished = modes.HasFlag(StressModes.QResync) ? " VANISHED" : "";
        await OkAsync(string.Create(CultureInfo.InvariantCulture, $"UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE {Math.Max(0, View.ModSeq - random.Next(20))}{vanished})"));
    }

    private string Command(string name, string arguments) => IsUidOnly ? $"UID {name} {arguments}" : $"{name} {arguments}";

    private string Range()
    {
        if (IsUidOnly)
        {
            var uids = Pick();
            return string.Join(',', uids);
        }

        var first = random.Next(1, View.Count + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{first}:{random.Next(first, View.Count + 1)}");
    }

    private List<uint> Pick()
    {
        var uids = View.Uids;
        return uids.Count == 0 ? [1] : [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => uids[random.Next(uids.Count)]).Distinct()];
    }

    private void NoteKept(string reply, string code)
    {
        // The last set is of the new messages.
        if (Kept().Match(reply) is { Success: true } match && match.Groups[1].Value == code)
        {
            var words = match.Groups[2].Value.Split(' ');
            foreach (var uid in StressView.Parse(words[^1]))
            {
                truth.NoteKept(uint.Parse(words[0], CultureInfo.InvariantCulture), uid, $"{code} to a client with {modes}");
            }
        }
    }

    private async Task OkAsync(string command)
    {
        var reply = await CommandAsync(command);
        Require(reply.StartsWith("OK", StringComparison.Ordinal), $"{command}: {reply}");
    }

    private async Task OkOrNoAsync(string command)
    {
        var reply = await CommandAsync(command);
        Require(reply.StartsWith("OK", StringComparison.Ordinal) || reply.StartsWith("NO [", StringComparison.Ordinal), $"{command}: {reply}");
    }

    private async Task<string> CommandAsync(string command)
    {
        var tag = $"t{++_tag}";
        Note($"C: {tag} {command}");
        View.MayExpunge = !BySequence().IsMatch(command);
        await peer.SendLineAsync($"{tag} {command}");
        while (true)
        {
            var line = await ReadAsync();
            var isOver = line.StartsWith(tag + " ", StringComparison.Ordinal);
            Take(line, isOver);
            if (isOver)
            {
                View.EndCommand();
                return line[(tag.Length + 1)..];
            }
        }
    }

    private void Take(string line, bool isTagged)
    {
        if (!isTagged)
        {
            View.Take(line);
            NoteKept(line, "COPYUID");
            NoteKept(line, "APPENDUID");
        }
    }

    private async Task<string> ReadAsync()
    {
        var line = await peer.ReadLineAsync() ?? throw new IOException("The server has closed the connection.");
        Note("S: " + line);
        return line;
    }

    private void Note(string line)
    {
        _last.Enqueue(line);
        if (_last.Count > 40)
        {
            _last.Dequeue();
        }
    }

    /// <summary>The last lines, for the report of a failure.</summary>
    public string Story() => string.Join('\n', _last);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new StressException(message);
        }
    }

    [GeneratedRegex("^(?<a>FETCH|STORE|SEARCH) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BySequence();

    [GeneratedRegex(@"\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\[(?<a>COPYUID|APPENDUID) (?<b>[\d:, ]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kept();
}
