using System.IO.Compression;

namespace Martlet.Testing;

/// <summary>The real messages beside the repository (2,018 ham, 960 spam), as they would come over the wire.</summary>
public static class Corpus
{
    private const string Variable = "MARTLET_CORPUS";

    /// <summary>The folder: <c>MARTLET_CORPUS</c>, or <c>shared/corpus</c> in a folder above; null where there is none, and tests that need it skip themselves.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Messages of one file, with CRLF line ends and without the mbox separator line.</summary>
    /// <param name="name">ham or spam.</param>
    public static IEnumerable<byte[]> Messages(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder ?? throw new InvalidOperationException($"No corpus here; set {Variable}."), $"{name}.mbox.gz"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unzipped.CopyTo(bytes);
        var all = bytes.ToArray();
        var start = 0;
        while (start < all.Length)
        {
            var next = all.AsSpan(start).IndexOf("\n\nFrom "u8);
            // The empty line before a separator, and at the end of the file, is mbox's and not the message's.
            var end = next >= 0 ? start + next + 1 : all.AsSpan().EndsWith("\n\n"u8) ? all.Length - 1 : all.Length;
            var message = all[start..end];
            yield return WithCrLf(message.AsSpan(message.AsSpan().IndexOf((byte)'\n') + 1));
            start = end + 1;
        }
    }

    private static byte[] WithCrLf(ReadOnlySpan<byte> message)
    {
        var result = new MemoryStream(message.Length + (message.Length / 20));
        while (!message.IsEmpty)
        {
            var lineEnd = message.IndexOf((byte)'\n');
            var line = lineEnd < 0 ? message : message[..lineEnd];
            result.Write(line.TrimEnd((byte)'\r'));
            result.Write("\r\n"u8);
            message = lineEnd < 0 ? [] : message[(lineEnd + 1)..];
        }

        return result.ToArray();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
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
