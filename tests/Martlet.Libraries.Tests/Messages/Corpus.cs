using System.IO.Compression;
using Martlet.Messages.Files;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>
/// The SpamAssassin corpus as mbox files, which is not part of the repository: a folder shared/corpus beside it or above, or the one that the variable
/// MARTLET_CORPUS names.
/// </summary>
internal static class Corpus
{
    /// <summary>All messages with CRLF line ends, with a name such as ham/17 each. Skips the test when there is no corpus.</summary>
    public static async Task<List<(string Name, byte[] Message)>> LoadAsync()
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "No corpus: no folder shared/corpus above the tests, and MARTLET_CORPUS is not set.");
        var all = new List<(string, byte[])>();
        foreach (var file in Directory.GetFiles(folder!, "*.mbox.gz").Order(StringComparer.Ordinal))
        {
            await using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            var name = Path.GetFileName(file)[..^".mbox.gz".Length];
            var message = new MemoryStream();
            var count = 0;
            await foreach (var piece in MboxReader.ReadAsync(stream, MboxQuoting.Keep, TestContext.Current.CancellationToken))
            {
                if (piece.IsStart && count++ > 0)
                {
                    all.Add(($"{name}/{count - 1}", message.ToArray()));
                    message.SetLength(0);
                }

                message.Write(piece.Bytes.Span);
            }

            all.Add(($"{name}/{count}", message.ToArray()));
        }

        return all;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MARTLET_CORPUS") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
