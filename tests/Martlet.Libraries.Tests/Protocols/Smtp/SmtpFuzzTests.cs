using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp;

/// <summary>Replays the fuzz corpus and seeded mutations of it as an ordinary test. A crash found elsewhere becomes a file in the corpus.</summary>
public sealed class SmtpFuzzTests
{
    private const int Mutations = 50_000;

    [Fact]
    public void Commands_addresses_and_data_never_break_a_reader()
    {
        var seeds = Directory.GetFiles(Folder()).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        Assert.NotEmpty(seeds);
        foreach (var seed in seeds)
        {
            Run(seed);
        }

        var random = new Random(821);
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
    [InlineData("FROM:<", "\"")]
    [InlineData("FROM:<", "@a,")]
    [InlineData("FROM:<", "@[::],")]
    [InlineData("FROM:<\"", "\\\\")]
    [InlineData("FROM:<a@b>", " SIZE=1")]
    [InlineData("FROM:<a@b>", " ")]
    [InlineData("", "a.")]
    [InlineData("a@", "a.")]
    [InlineData("a@", "\u00fc.")]
    [InlineData("", "\r\n.\r")]
    public void Long_repetition_stays_linear(string start, string repeated) =>
        Run(System.Text.Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(repeated, 300_000 / repeated.Length))));

    private static void Run(byte[] bytes)
    {
        try
        {
            SmtpTarget.Run(bytes);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\nInput (base64): {Convert.ToBase64String(bytes)}\n{e}");
        }
    }

    private static byte[] Mutate(byte[] bytes, byte[][] seeds, Random random)
    {
        const string interesting = "\r\n.<>@\"\\ :,[]=+\0a";
        var at = random.Next(bytes.Length + 1);
        var until = random.Next(at, Math.Min(bytes.Length, at + 6) + 1);
        byte[] middle = random.Next(5) switch
        {
            0 => [],
            1 => [(byte)random.Next(256)],
            2 => [(byte)interesting[random.Next(interesting.Length)]],
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

        return Path.Combine(folder?.FullName ?? ".", "fuzz", "corpus", "smtp");
    }
}
