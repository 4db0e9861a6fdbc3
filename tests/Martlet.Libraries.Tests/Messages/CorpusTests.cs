using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>2,978 real messages of 2002 to 2005, seen by us and by MimeKit.</summary>
public sealed class CorpusTests
{
    private const string Refused = "MimeKit refuses the whole list; we give what can be read of it.";
    private const string Report = "MimeKit opens text/rfc822-headers as a nested message; RFC 9051 §9 has body-type-msg for message/rfc822 and global only.";
    private const string NoParts = "A multipart without a single delimiter line: RFC 9051 §9 body-type-mpart needs a part, so we say text/plain.";

    private const string Encoded = "An encoded-word as localpart, which RFC 2047 §5 forbids: the comparison decodes ours, MimeKit does not.";

    /// <summary>Where we differ, in which lines, and why.</summary>
    private static readonly (string Message, string Lines, string Reason)[] Explained =
    [
        ("ham/342", "cc", Refused),
        ("ham/697", "content part", Report),
        ("ham/1846", "content part", Report),
        ("ham/1852", "to", Refused),
        ("ham/1853", "to", Refused),
        ("ham/2016", "to", Refused),
        ("spam/37", "to", Refused),
        ("spam/38", "to", Refused),
        ("spam/60", "to", Refused),
        ("spam/119", "from to", Encoded),
        ("spam/137", "to", Refused),
        ("spam/176", "to", Refused),
        ("spam/252", "to", Refused),
        ("spam/253", "to", Refused),
        ("spam/255", "to", Refused),
        ("spam/256", "to", Refused),
        ("spam/260", "from sender reply-to", Refused),
        ("spam/266", "to", Refused),
        ("spam/270", "to", Refused),
        ("spam/272", "to", Refused),
        ("spam/275", "to", Refused),
        ("spam/289", "to", Refused),
        ("spam/300", "to", Refused),
        ("spam/301", "to", Refused),
        ("spam/306", "to", Refused),
        ("spam/307", "to", Refused),
        ("spam/316", "from sender reply-to", Refused),
        ("spam/320", "to", Refused),
        ("spam/321", "to", Refused),
        ("spam/339", "to", Refused),
        ("spam/411", "to", Refused),
        ("spam/412", "to", Refused),
        ("spam/549", "reply-to", Refused),
        ("spam/569", "reply-to", Refused),
        ("spam/648", "to", Refused),
        ("spam/666", "reply-to", Refused),
        ("spam/667", "reply-to", Refused),
        ("spam/728", "reply-to", Refused),
        ("spam/774", "to", Refused),
        ("spam/820", "to", Refused),
        ("spam/858", "part content", NoParts),
    ];

    [Fact]
    public async Task Envelopes_parts_and_decoded_contents_are_what_MimeKit_says()
    {
        var all = await Corpus.LoadAsync();
        Assert.Equal(2978, all.Count);
        var differences = new List<string>();
        var explained = 0;
        foreach (var (name, message) in all)
        {
            var ours = MimeKitOracle.Ours(message);
            var theirs = MimeKitOracle.Theirs(message);
            var different = ours.Except(theirs).Concat(theirs.Except(ours)).ToList();
            different.RemoveAll(line => IsDefaultCharset(line, ours, theirs));
            var known = Explained.Where(row => row.Message == name).SelectMany(row => row.Lines.Split(' ')).ToList();
            explained += different.Count > 0 && known.Count > 0 ? 1 : 0;
            differences.AddRange(different.Where(line => !known.Contains(line.Split(' ')[0])).Select(line => $"{name}: {line}"));
        }

        Assert.Empty(differences);
        Assert.Equal(Explained.Select(row => row.Message).Distinct().Count(), explained);
    }

    [Fact]
    public async Task Every_message_gives_the_same_structure_in_small_chunks_as_in_one()
    {
        foreach (var (name, message) in await Corpus.LoadAsync())
        {
            var whole = Structures.Scan(message).Encode(0);
            Assert.True(whole.AsSpan().SequenceEqual(Structures.Scan(message, chunk: 61).Encode(0)), name);
            Assert.True(whole.AsSpan().SequenceEqual(Structures.Scan(message, chunk: 1).Encode(0)), name);
        }
    }

    [Fact]
    public async Task The_encoded_structure_is_small()
    {
        var sizes = (await Corpus.LoadAsync()).Select(item => Structures.Scan(item.Message).Encode(0).Length).Order().ToList();
        TestContext.Current.SendDiagnosticMessage($"meta bytes: median {sizes[sizes.Count / 2]}, 99% {sizes[sizes.Count * 99 / 100]}, most {sizes[^1]}");
        Assert.InRange(sizes[sizes.Count / 2], 200, 900);
    }

    /// <summary>We write the default of RFC 2045 §5.2 where there is no Content-Type, MimeKit leaves it out.</summary>
    private static bool IsDefaultCharset(string line, List<string> ours, List<string> theirs) =>
        line.EndsWith("charset=us-ascii", StringComparison.Ordinal) ? theirs.Contains(line[..^"charset=us-ascii".Length])
        : line.StartsWith("part text/plain ", StringComparison.Ordinal) && ours.Contains(line + "charset=us-ascii");
}
