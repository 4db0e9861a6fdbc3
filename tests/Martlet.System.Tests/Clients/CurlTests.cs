using System.Text;
using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>curl, a new connection for each command line: the tasks that a command of one line can do.</summary>
[Collection(nameof(ClientsPage))]
public sealed class CurlTests
{
    private const int LoginDenied = 67;

    [Fact(Explicit = true)]
    public async Task It_does_what_the_page_says()
    {
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        var message = folder["message.eml"];
        await File.WriteAllBytesAsync(message, ForeignProgram.Message());
        var lines = CommandLines(server, message);
        var results = new List<TaskResult>();
        foreach (var task in ClientTask.All)
        {
            results.Add(lines.TryGetValue(task.Name, out var steps) ? await DoAsync(server, task.Name, steps) : new TaskResult(task.Name, TaskResult.NotInClient));
        }

        var (_, version) = await ForeignProgram.RunAsync("curl", ["--version"]);
        await ClientsPage.CheckAsync("curl", version.Split(' ')[1], results);
        await CorpusTests.VerifyAsync(server);
    }

    // What must be in the output of each command line of a task.
    private static Dictionary<string, Step[]> CommandLines(RealServer server, string message)
    {
        var whole = Encoding.UTF8.GetString(ForeignProgram.Message());
        return new Dictionary<string, Step[]>(StringComparer.Ordinal)
        {
            ["connect"] = [Command("", "NOOP", "")],
            ["starttls"] = [new([$"imap://localhost:{server.ImapPort}/", "--ssl-reqd", "-X", "NOOP"], "")],
            ["login"] = [new([$"imaps://localhost:{server.ImapsPort}/", "-u", $"{RealServer.Address}:wrong"], "", LoginDenied), Command("", "NOOP", "")],
            ["id"] = [Command("", "ID NIL", "\"Martlet\"")],
            ["namespace"] = [Command("", "NAMESPACE", "((\"\" \"/\")) NIL NIL")],
            ["list"] = [new([Url(server, "")], @"\Archive"), new([Url(server, "")], @"\Junk"), Command("", "LIST (SPECIAL-USE) \"\" \"*\"", @"\Trash")],
            ["mailboxes"] =
            [
                Command("", "CREATE Gr&APwA3w-e", ""), Command("", "SUBSCRIBE Gr&APwA3w-e", ""), Command("", "LSUB \"\" *", "Gr&APwA3w-e"),
                Command("", "RENAME Gr&APwA3w-e New", ""), Command("", "LIST \"\" *", "New"), Command("", "UNSUBSCRIBE Gr&APwA3w-e", ""), Command("", "DELETE New", ""),
            ],
            ["append"] = [.. Enumerable.Repeat(new Step(["-T", message, Url(server, "INBOX")], ""), 3)],
            ["status"] = [Command("", "STATUS INBOX (MESSAGES UIDNEXT)", "(MESSAGES 3 UIDNEXT 4)"), Command("", "EXAMINE INBOX", "* 3 EXISTS")],
            ["fetch"] = [Command("INBOX", "FETCH 1:3 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)", "(\"filename\" \"rhine.bin\")")],
            ["body"] =
            [
                new([Url(server, "INBOX;UID=2")], whole, IsWhole: true),
                new([Url(server, "INBOX;UID=2;SECTION=2")], "AAECAwQFBgcICQoLDA0ODw==\r\n", IsWhole: true),
            ],
            ["search"] =
            [
                new([Url(server, "INBOX?SUBJECT%20%22Gr%C3%BC%C3%9Fe%22")], "* SEARCH 1 2 3"), new([Url(server, "INBOX?SENTON%2029-Feb-2020")], "* SEARCH 1 2 3"),
                new([Url(server, "INBOX?BODY%20Rhein")], "* SEARCH 1 2 3"), new([Url(server, "INBOX?KEYWORD%20work")], "* SEARCH\r\n"),
            ],
            ["store"] = [Command("INBOX", "STORE 1 +FLAGS (\\Answered work)", "work"), Command("INBOX", "STORE 1 -FLAGS (work)", "\\Answered")],
            ["copy"] = [Command("INBOX", "COPY 1 Archive", ""), Command("", "STATUS Archive (MESSAGES)", "(MESSAGES 1)")],
            ["move"] = [Command("INBOX", "UID MOVE 2 Archive", ""), Command("", "STATUS Archive (MESSAGES)", "(MESSAGES 2)")],
            ["expunge"] =
            [
                Command("INBOX", "UID STORE 3 +FLAGS.SILENT (\\Deleted)", ""), Command("INBOX", "UID EXPUNGE 3", "* 2 EXPUNGE"),
                Command("", "STATUS INBOX (MESSAGES)", "(MESSAGES 1)"),
            ],
            ["condstore"] = [Command("INBOX", "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1)", "MODSEQ (")],
            ["quota"] = [Command("", "GETQUOTAROOT INBOX", "* QUOTAROOT INBOX")],
        };

        Step Command(string mailbox, string command, string expected) => new([Url(server, mailbox), "-X", command], expected);
    }

    private static string Url(RealServer server, string path) => $"imaps://localhost:{server.ImapsPort}/{path}";

    private static async Task<TaskResult> DoAsync(RealServer server, string task, Step[] steps)
    {
        foreach (var step in steps)
        {
            var user = step.Arguments.Contains("-u", StringComparer.Ordinal) ? Array.Empty<string>() : ["-u", $"{RealServer.Address}:{RealServer.Password}"];
            var (exit, output) = await ForeignProgram.RunAsync("curl", ["-sS", "--cacert", server.CertificatePath, "--max-time", "20", .. user, .. step.Arguments]);
            var isRight = step.IsWhole ? output == step.Expected : output.Contains(step.Expected, StringComparison.Ordinal);
            if (exit != step.Exit || !isRight)
            {
                return new TaskResult(task, TaskResult.No, $"curl {string.Join(' ', step.Arguments)} ends with {exit}: {output}");
            }
        }

        return new TaskResult(task, TaskResult.Ok);
    }

    /// <summary>A command line of curl.</summary>
    /// <param name="Arguments">Its arguments; the password comes by itself unless one is among them.</param>
    /// <param name="Expected">What its output must have in it.</param>
    /// <param name="Exit">Its exit code.</param>
    /// <param name="IsWhole">Whether the output must be that and nothing else.</param>
    private sealed record Step(string[] Arguments, string Expected, int Exit = 0, bool IsWhole = false);
}
