using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>Replays the fuzz corpus and seeded mutations of it as ordinary tests. A crash found elsewhere becomes a file in the corpus.</summary>
public sealed class ImapFuzzTests
{
    private const int Mutations = 4_000;

    private static readonly string[] Splices =
    [
        "(", ")", "((((((((", "{3}\r\nabc", "{3+}\r\nabc", "~{3}\r\na\0c", "{99999999999999999999+}\r\n", "{", "}", "\"", "\\", "\"\\\"\"", "&", "&-", "&AOk-", "*", "$", ",", ":", "NIL",
        "\r\n", "\n", "\0", "4294967295", "4294967296", "9223372036854775808", " ", "OR ", "NOT ", "[1.2.HEADER]", "<0.1>", "\u00e9",
    ];

    internal delegate void Target(ReadOnlySpan<byte> input);

    [Fact]
    public void Commands_never_break_the_reader() => Replay("imap-command", 11, ImapCommandTarget.Run);

    [Fact]
    public void Streams_never_break_the_framer() => Replay("imap-framer", 12, ImapFramerTarget.Run);

    [Fact]
    public void Commands_as_streams_never_break_the_framer() => Replay("imap-command", 13, ImapFramerTarget.Run);

    [Fact]
    public void Names_have_one_spelling() => Replay("imap-mailbox", 14, ImapMailboxTarget.Run);

    [Theory]
    [InlineData("a SEARCH ", "NOT ")]
    [InlineData("a SEARCH ", "(")]
    [InlineData("a SEARCH ", "OR ALL ")]
    [InlineData("a SEARCH ", "ALL ")]
    [InlineData("a FETCH 1 (", "FLAGS ")]
    [InlineData("a FETCH 1 BODY[", "1.")]
    [InlineData("a FETCH ", "1,")]
    [InlineData("a STORE 1 FLAGS (", "a ")]
    [InlineData("a LOGIN \"", "\\\\")]
    [InlineData("a LIST \"\" (", "{0}\r\n ")]
    [InlineData("a SELECT ", "&AOk-/")]
    [InlineData("a SELECT ", "&")]
    [InlineData("a ENABLE", " X")]
    [InlineData("a GETMETADATA \"\" (", "/shared/a ")]
    [InlineData("a GETMETADATA \"\" /shared", "/a")]
    [InlineData("a SETMETADATA \"\" (", "/shared/a NIL ")]
    [InlineData("a ID (", "\"a\" NIL ")]
    [InlineData("a CREATE a (USE (", "\\Sent ")]
    public void Long_repetition_stays_linear(string start, string repeated)
    {
        var text = new StringBuilder(start);
        while (text.Length < 200_000)
        {
            text.Append(repeated);
        }

        ImapCommandTarget.Run(Encoding.UTF8.GetBytes(text.ToString()));
    }

    internal static void Replay(string corpus, int seed, Target target)
    {
        var seeds = Directory.GetFiles(CorpusPath(corpus)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        Assert.NotEmpty(seeds);
        var random = new Random(seed);
        foreach (var bytes in seeds)
        {
            Run(target, bytes);
        }

        for (var i = 0; i < Mutations; i++)
        {
            var bytes = seeds[random.Next(seeds.Length)];
            for (var times = random.Next(1, 5); times > 0; times--)
            {
                bytes = Mutate(bytes, seeds, random);
            }

            Run(target, bytes);
        }
    }

    private static void Run(Target target, byte[] bytes)
    {
        try
        {
            target(bytes);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\nInput (base64): {Convert.ToBase64String(bytes)}\n{e}");
        }
    }

    private static byte[] Mutate(byte[] bytes, byte[][] seeds, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var until = random.Next(at, Math.Min(bytes.Length, at + 8) + 1);
        byte[] middle = random.Next(5) switch
        {
            0 => [],
            1 => [(byte)random.Next(256)],
            2 => Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]),
            3 => seeds[random.Next(seeds.Length)],
            _ => [.. bytes[at..until], .. bytes[at..until]],
        };
        return [.. bytes[..at], .. middle, .. bytes[until..]];
    }

    private static string CorpusPath(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Martlet.slnx")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory?.FullName ?? ".", "fuzz", "corpus", name);
    }
}
