using Martlet.Fuzz.Targets;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>Replays the fuzz seeds and a few thousand mutations of them, always the same ones.</summary>
public sealed class MessagesFuzzTests
{
    private const int Mutations = 1000;

    private delegate void FuzzTarget(ReadOnlySpan<byte> input);

    [Fact]
    public void FuzzCorpusReplay_scanner() => Replay("mimescanner", MimeScannerTarget.Run);

    [Fact]
    public void FuzzCorpusReplay_address_list() => Replay("addresslist", AddressListTarget.Run);

    [Fact]
    public void FuzzCorpusReplay_content_type() => Replay("contenttype", ContentTypeTarget.Run);

    [Fact]
    public void FuzzCorpusReplay_mbox() => Replay("mbox", MboxTarget.Run);

    [Fact]
    public void FuzzCorpusReplay_meta_reader() => Replay("mimescanner", MetaReaderTarget.Run, seed =>
    {
        var scanner = new MimeScanner(MimeLimits.Default);
        scanner.Feed(seed);
        return scanner.Finish().Encode(0);
    });

    private static void Replay(string name, FuzzTarget target, Func<byte[], byte[]>? prepare = null)
    {
        var seeds = Directory.GetFiles(Folder(name)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Select(seed => prepare is null ? seed : prepare(seed)).ToList();
        Assert.NotEmpty(seeds);
        var random = new Random(20261123);
        foreach (var seed in seeds)
        {
            Run(target, seed);
            for (var i = 0; i < Mutations; i++)
            {
                Run(target, Mutate(seed, seeds, random));
            }
        }
    }

    private static void Run(FuzzTarget target, byte[] input)
    {
        try
        {
            target(input);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message} Input: {Convert.ToBase64String(input)}", failure);
        }
    }

    private static byte[] Mutate(byte[] seed, List<byte[]> seeds, Random random)
    {
        var bytes = seed.ToList();
        for (var steps = random.Next(1, 6); steps > 0; steps--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.Insert(at, "\r\n-\"\\()<>,:;@= \0\u007F"u8[random.Next(17)]);
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    var other = seeds[random.Next(seeds.Count)];
                    var begin = random.Next(other.Length);
                    bytes.InsertRange(at, other.Skip(begin).Take(random.Next(1, 60)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at > 200 ? length : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
            {
                return Path.Combine(folder.FullName, "fuzz", "corpus", name);
            }
        }

        throw new DirectoryNotFoundException("The repository root is not above the tests.");
    }
}
