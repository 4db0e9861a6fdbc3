using System.Reflection;
using System.Text.RegularExpressions;
using Martlet.Protocols.Imap;
using Martlet.Server.Accounts;
using Martlet.Server.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Nothing is offered or said that no test shows: commands, capabilities and response codes, one by one, in the tests and in docs/standards.md.</summary>
public sealed partial class CompletenessTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Standards = File.ReadAllText(Path.Combine(Root, "docs", "standards.md"));

    // Commands that IMAP4rev2 or IMAP4rev1 itself has: one row stands for them.
    private static readonly string[] BaseCommands =
    [
        "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "AUTHENTICATE", "LOGIN", "ENABLE", "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE",
        "LIST", "LSUB", "NAMESPACE", "STATUS", "APPEND", "IDLE", "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE",
    ];

    // Response codes that the server never sends; the client library reads them.
    private static readonly Dictionary<string, string> NeverSent = new(StringComparer.Ordinal)
    {
        [ResponseCode.Alert] = "There is nothing that a user must be shown.",
        [ResponseCode.ContactAdmin] = "Every refusal has a code that says more.",
        [ResponseCode.InUse] = "A mailbox that others have open can be deleted and renamed.",
        [ResponseCode.NoModSeq] = "Every mailbox has modseqs.",
        [ResponseCode.NotSaved] = "A result can always be saved.",
        [ResponseCode.Parse] = "What cannot be read of a message is left out of its structure.",
        [ResponseCode.UidNotSticky] = "UIDs last.",
    };

    public static TheoryData<string> Codes() => [.. AllCodes()];

    public static TheoryData<string> Commands() => [.. CommandTable.Names];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_response_code_is_in_a_transcript_or_is_never_sent(string code)
    {
        var isShown = Regex.IsMatch(Transcripts(), $@"(?:S\d?: |"")[^\r\n]*\[{Regex.Escape(code)}[\] ]", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.True(isShown != NeverSent.ContainsKey(code), isShown ? $"{code} is said to be never sent, but a transcript has it." : $"No transcript has {code}.");
    }

    [Fact]
    public void What_is_never_sent_is_not_in_the_server()
    {
        var names = typeof(ResponseCode).GetFields().Where(field => NeverSent.ContainsKey((string)field.GetValue(null)!)).Select(field => field.Name).ToArray();
        Assert.Equal(NeverSent.Count, names.Length);
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "src", "Martlet.Server", "Imap"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.DoesNotContain(names, name => source.Contains($"{nameof(ResponseCode)}.{name}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_is_a_constant()
    {
        // Codes in replies that are written as text, without a constant, would escape the test above.
        var known = AllCodes();
        var sent = SentCode().Matches(Transcripts()).Select(match => match.Groups["code"].Value).Distinct(StringComparer.Ordinal);
        Assert.Empty(sent.Except(known));
    }

    [Fact]
    public async Task Every_capability_has_a_test_class_and_a_row()
    {
        var announced = await AnnouncedAsync();
        var tested = typeof(CompletenessTests).Assembly.GetTypes().SelectMany(type => type.GetCustomAttribute<CapabilityAttribute>()?.Names ?? []).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(announced.Except(tested));
        Assert.Empty(tested.Except(announced));
        Assert.Empty(Capabilities.All.Select(row => row.Name).Except(announced));
        Assert.DoesNotContain(announced, name => !HasWord(Standards, name));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_beyond_the_base_has_a_row(string name)
    {
        var word = name.StartsWith("UID ", StringComparison.Ordinal) ? name[4..] : name;
        Assert.True(BaseCommands.Contains(word) || HasWord(Standards, word), $"docs/standards.md does not speak of {word}.");
    }

    [Fact]
    public void Examples_are_of_RFCs_that_have_a_row() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Root, "tests", "Martlet.Server.Tests", "Imap", "Rfc"), "Rfc*.cs").Select(path => RfcNumber().Match(path).Value),
        number => Assert.True(HasWord(Standards, "RFC " + number), number));

    // What each kind of connection announces before login and after it, without values.
    private static async Task<string[]> AnnouncedAsync()
    {
        await using var server = await ImapServer.StartAsync(new TestServerOptions { Logins = new AuthenticatorOptions { OffersCramMd5 = true } });
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone, mayPreauth: false);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in new[] { "bare", "strict", "imaps", "phone" })
        {
            var endpoint = server.Endpoint(service);
            await using var peer = await TestPeer.ConnectAsync(endpoint.Address, endpoint.UsesTls, endpoint.ClientIdentity);
            AddTo(names, await peer.ReadLineAsync());
            await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
            AddTo(names, await peer.ReadLineAsync());
        }

        return [.. names];
    }

    private static void AddTo(HashSet<string> names, string? line)
    {
        var list = CapabilityCode().Match(line!).Groups["list"].Value;
        names.UnionWith(list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => AppendLimit().Replace(name, "")));
    }

    private static string[] AllCodes() => [.. typeof(ResponseCode).GetFields().Select(field => (string)field.GetValue(null)!)];

    private static string Transcripts() => string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "tests", "Martlet.Server.Tests", "Imap"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains(Path.Combine("Imap", "Client"), StringComparison.Ordinal)).Select(File.ReadAllText));

    private static bool HasWord(string text, string word) =>
        Regex.IsMatch(text, $@"(?<![\w=-]){Regex.Escape(word)}(?![\w=-])", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^ *S\d?: \S+ (?:OK|NO|BAD|BYE|PREAUTH) \[(?<code>[A-Z-]+)[\] ]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SentCode();

    [GeneratedRegex(@"\[CAPABILITY (?<list>[^\]]*)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CapabilityCode();

    [GeneratedRegex("(?<=^APPENDLIMIT)=[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex AppendLimit();

    [GeneratedRegex(@"(?<=[\\/]Rfc)\d+", RegexOptions.None, 1000)]
    private static partial Regex RfcNumber();
}
