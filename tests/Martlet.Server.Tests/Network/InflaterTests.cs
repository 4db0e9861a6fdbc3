using System.IO.Compression;
using System.Text;
using Martlet.Network.Compression;
using Martlet.Network.Connections;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>Decoding DEFLATE as it arrives: every flush, every cut, and what is not DEFLATE. Coding is tested against the same decoder and the framework's.</summary>
public sealed class InflaterTests
{
    private static readonly string[] Commands =
    [
        "a1 SELECT inbox\r\n",
        "a2 FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From To Cc Subject Date Message-ID)])\r\n",
        "a3 FETCH 1:* (UID FLAGS)\r\n",
        "a4 NOOP\r\n",
    ];

    private static readonly string Fetched = string.Concat(Enumerable.Range(1, 5000).Select(i => $"* {i} FETCH (UID {i * 3} FLAGS (\\Seen) RFC822.SIZE {i * 7919 % 65537})\r\n"));

    /// <summary>What zlib 1.2.13 sends for each of the commands, by the kind of its flush.</summary>
    public static TheoryData<string, string[]> Flushes => new()
    {
        {
            "partial flush, fixed codes",
            [
                "4a34540876f571750e51c8cc4bcaafe0e50208",
                "40101cab200c435100dd05ffe18ead60a099c42de6bdd7066395240e551c62098220055bffdf73b28670b21d9afd06d5d511c49b36c2f589436f3c99c40862775aabe86e8cc3990675613ede3b36c44189634f11957ca70fd2043b22fe9eef322ea0bc149cca3ce757d93aaa1ff57af517",
                "4089c6582d04ca0004",
                "50a289829fbf7f002f1740",
            ]
        },
        {
            "partial flush, stored",
            [
                "001100eeff61312053454c45435420696e626f780d0a02",
                "0071008eff613220464554434820313a2a202855494420464c41475320494e5445524e414c44415445205246433832322e53495a4520424f44592e5045454b5b4845414445522e4649454c4453202846726f6d20546f204363205375626a6563742044617465204d6573736167652d4944295d290d0a02",
                "001a00e5ff613320464554434820313a2a202855494420464c414753290d0a02",
                "000900f6ff6134204e4f4f500d0a02",
            ]
        },
        {
            "partial flush, without references",
            [
                "4a34540876f571750e51c8cc4bcaafe0e50208",
                "40101cab200c435100dd05ffe18ead60a099c42de6bdd7066395240e551c62098220055bffdf73b28670b21d9afd06d5d511c49b36c2f589436f3c99c40862775aabe86e8cc3990675613ede3b36c44189634f11957ca70fd2043b22fe9eef322ea0bc149cca3ce757d93aaa1ff57af517",
                "4089c60a6eae21ce1e0a86565a0a1aa19e2e0a6e3e8eeec19abc5c0001",
                "9468a2e0e7ef1fc0cb0510",
            ]
        },
        {
            "sync flush",
            [
                "4a34540876f571750e51c8cc4bcaafe0e502000000ffff",
                "04c1b10ac2301405d05df01feed80a069a49dc62de7b6d305649e250c52196200852b0f5ff3d276b0827dba1d96f505d1d41bc69235c9f38f4c693498c2076a7b58aeec6389c695017e6e3bd63431c9438f61451c977fa204db023e2eff92ee302ca4bc1a9cc737e95ada3fa51af577f000000ffff",
                "4a34c66a215006000000ffff",
                "4a3451f0f3f70fe0e502000000ffff",
            ]
        },
        {
            "full flush",
            [
                "4a34540876f571750e51c8cc4bcaafe0e502000000ffff",
                "04c1b10ac2301405d05df01feed80a069a49dc62de7b6d305649e250c52196200852b0f5ff3d276b0827dba1d96f505d1d41bc69235c9f38f4c693498c2076a7b58aeec6389c695017e6e3bd63431c9438f61451c977fa204db023e2eff92ee302ca4bc1a9cc737e95ada3fa51af577f000000ffff",
                "4a345670730d71f65030b4d252d008f5745170f371740fd6e4e502000000ffff",
                "4a3451f0f3f70fe0e502000000ffff",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Flushes))]
    public void What_was_flushed_is_delivered_before_anything_else_comes(string flush, string[] pieces)
    {
        foreach (var size in new[] { 1, 2, 3, 7, int.MaxValue })
        {
            var inflater = new Inflater();
            for (var i = 0; i < pieces.Length; i++)
            {
                var (text, status) = Feed(inflater, Convert.FromHexString(pieces[i]), size);
                Assert.True(Commands[i] == text, $"{flush} in pieces of {size}: {text}");
                Assert.Equal(flush is "sync flush" or "full flush" ? InflateStatus.Flushed : InflateStatus.NeedInput, status);
            }

            Assert.Equal(1024, inflater.WindowBytes);
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Long_streams_are_decoded_whatever_the_cuts(CompressionLevel level)
    {
        var random = new Random(1);
        var noise = new byte[70_000];
        random.NextBytes(noise);
        var expected = (byte[])[.. Encoding.ASCII.GetBytes(Fetched), .. noise, .. new byte[100_000], .. Encoding.ASCII.GetBytes(Fetched)];
        var compressed = Compress(expected, level);
        for (var round = 0; round < 5; round++)
        {
            var inflater = new Inflater();
            var output = new byte[expected.Length + 1];
            int from = 0, to = 0;
            InflateResult result = default;
            while (result.Status is not (InflateStatus.Ended or InflateStatus.Damaged) && from <= compressed.Length)
            {
                var input = Math.Min(compressed.Length - from, random.Next(1, 1 << random.Next(1, 14)));
                result = inflater.Inflate(compressed.AsSpan(from, input), output.AsSpan(to, Math.Min(output.Length - to, random.Next(1 << random.Next(1, 16)))));
                from += result.Consumed;
                to += result.Written;
            }

            Assert.Equal(InflateStatus.Ended, result.Status);
            Assert.Equal(compressed.Length, from);
            Assert.True(expected.AsSpan().SequenceEqual(output.AsSpan(0, to)));
            Assert.Equal(Inflater.WindowBytesMax, inflater.WindowBytes);
        }
    }

    [Theory]
    [InlineData("06", "a block of the unknown kind")]
    [InlineData("000100ffff41", "a stored length that its check does not confirm")]
    [InlineData("0302", "a copy from before the start")]
    [InlineData("fcff", "too many codes")]
    [InlineData("05e081000000000010ff6f01", "lengths that are more than a code")]
    [InlineData("1b0300", "a length symbol that does not exist")]
    public void What_is_not_deflate_is_damaged_for_good(string hex, string what)
    {
        var inflater = new Inflater();
        var bytes = Convert.FromHexString(hex);
        Span<byte> output = new byte[1000];
        var result = inflater.Inflate([.. bytes, .. new byte[300]], output);
        Assert.True(result.Status == InflateStatus.Damaged, $"{what}: {result}");
        Assert.Equal(new InflateResult(InflateStatus.Damaged, 0, 0), inflater.Inflate([1, 0, 0, 0xff, 0xff], output));
    }

    [Fact]
    public void Any_bytes_are_decoded_or_refused_as_the_framework_does()
    {
        var random = new Random(7);
        var whole = Compress(Encoding.ASCII.GetBytes(Fetched[..3000]), CompressionLevel.Optimal);
        int ended = 0, damaged = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(3); change >= 0; change--)
            {
                bytes[round % 2 == 0 ? random.Next(bytes.Length) : random.Next(60)] ^= (byte)(1 << random.Next(8));
            }

            var output = new byte[100_000];
            var result = new Inflater().Inflate(bytes, output);
            ended += result.Status == InflateStatus.Ended ? 1 : 0;
            damaged += result.Status == InflateStatus.Damaged ? 1 : 0;
            var theirs = Decompress(bytes);
            if (result.Status == InflateStatus.Ended)
            {
                Assert.Equal(output[..result.Written], theirs);
            }
            else if (result.Status == InflateStatus.Damaged)
            {
                Assert.Null(theirs);
            }
        }

        Assert.True(ended > 10 && damaged > 100, $"{ended} whole, {damaged} damaged");
    }

    [Fact]
    public void A_bomb_is_as_large_as_the_caller_lets_it_be()
    {
        var bomb = Compress(new byte[10_000_000], CompressionLevel.SmallestSize);
        Assert.InRange(bomb.Length, 1, 10_400);
        var inflater = new Inflater();
        var result = inflater.Inflate(bomb, new byte[1000]);
        Assert.Equal((InflateStatus.NeedOutput, 1000), (result.Status, result.Written));
        Assert.InRange(result.Consumed, 1, 100);
        // An empty output only asks whether there is more, and takes nothing away.
        Assert.Equal(InflateStatus.NeedOutput, inflater.Inflate(bomb.AsSpan(result.Consumed), default).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Deflater.StoredBytesMax)]
    [InlineData(Deflater.StoredBytesMax + 1)]
    [InlineData(200_000)]
    public void Each_burst_is_decoded_to_its_end_and_all_are_one_stream(int size)
    {
        var text = Encoding.ASCII.GetBytes(Fetched).AsSpan(0, size);
        var inflater = new Inflater();
        var all = new OutputBuffer();
        for (var burst = 0; burst < 4; burst++)
        {
            var before = all.Length;
            Deflater.Compress(text, all, isLast: burst == 3);
            var (decoded, status) = Feed(inflater, all.Written.Span[before..], int.MaxValue);
            Assert.Equal(Fetched[..size], decoded);
            Assert.Equal(burst == 3, status == InflateStatus.Ended);
        }

        var theirs = Decompress(all.Written.ToArray());
        Assert.Equal(4 * size, theirs!.Length);
        all.Clear();
    }

    private static (string Text, InflateStatus Status) Feed(Inflater inflater, ReadOnlySpan<byte> bytes, int pieceSize)
    {
        var output = new byte[500_000];
        var written = 0;
        InflateResult result = default;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(pieceSize, bytes.Length)];
            result = inflater.Inflate(piece, output.AsSpan(written));
            Assert.NotEqual(InflateStatus.Damaged, result.Status);
            Assert.True(result.Consumed > 0);
            written += result.Written;
            bytes = bytes[result.Consumed..];
        }

        return (Encoding.ASCII.GetString(output, 0, written), result.Status);
    }

    private static byte[] Compress(byte[] bytes, CompressionLevel level)
    {
        var result = new MemoryStream();
        using (var stream = new DeflateStream(result, level, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return result.ToArray();
    }

    private static byte[]? Decompress(byte[] bytes)
    {
        try
        {
            using var stream = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var result = new MemoryStream();
            stream.CopyTo(result);
            return result.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
