using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

/// <summary>Replays the fuzz corpus and seeded mutations of it as an ordinary test. A crash found elsewhere becomes a file in the corpus.</summary>
public sealed class SaslFuzzTests
{
    private const int Mutations = 5_000;

    private static readonly string[] Splices =
    [
        "n,,", "y,,", "p=tls-unique,,", "p=tls-exporter,,", "a=", "n=", "r=", "c=", "p=", "m=1,", ",x=1", "=2C", "=3D", "=", ",", "biws", "\0", "\n", "$", ":", "\u00FC", "o\u0308",
        "\u200C", "\uFF21", "4096", "r=clientnoncenonce",
    ];

    [Fact]
    public void Messages_never_break_a_server_or_let_anybody_in()
    {
        var seeds = Directory.GetFiles(Folder()).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        Assert.NotEmpty(seeds);
        foreach (var seed in seeds)
        {
            Run(seed);
        }

        var random = new Random(5802);
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = seeds[random.Next(seeds.Length)];
            for (var times = random.Next(1, 5); times > 0; times--)
            {
                bytes = Mutate(bytes, seeds, random);
            }

            Run(bytes);
        }
    }

    [Theory]
    [InlineData("", ",")]
    [InlineData("n,,", "n=")]
    [InlineData("n,a=", "=2C")]
    [InlineData("n,,n=", "=3D")]
    [InlineData("n,,n=user,r=clientnonce", ",x=1")]
    [InlineData("n,,n=user,r=clientnonce\nc=biws,r=clientnoncenonce", ",x=1")]
    [InlineData("n,,n=user,r=clientnonce\nc=", "AAAA")]
    [InlineData("n,,n=user,r=clientnonce\nc=biws,r=clientnoncenonce,p=", "AAAA")]
    [InlineData("\0", "\0")]
    [InlineData("user ", " ")]
    [InlineData("SCRAM-SHA-256$4096:", "$")]
    [InlineData("", "\u0301\u0323")]
    public void Long_repetition_stays_linear(string start, string repeated) =>
        Run(Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(repeated, 300_000 / repeated.Length))));

    private static void Run(byte[] bytes)
    {
        try
        {
            SaslServerTarget.Run(bytes);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\nInput (base64): {Convert.ToBase64String(bytes)}\n{e}");
        }
    }

    private static byte[] Mutate(byte[] bytes, byte[][] seeds, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var until = random.Next(at, Math.Min(bytes.Length, at + 6) + 1);
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

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "fuzz", "corpus", "sasl-server");
    }
}
