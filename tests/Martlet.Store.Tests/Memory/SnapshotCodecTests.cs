using Martlet.Store.Model;
using Xunit;

namespace Martlet.Store.Tests.Memory;

/// <summary>Columns as bytes and back.</summary>
public sealed class SnapshotCodecTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(200u)]
    [InlineData(60_000u)]
    [InlineData(4_000_000_000u)]
    public void Rows_come_back_as_they_were_however_far_apart(uint spread)
    {
        var columns = new MessageColumns();
        for (var i = 0u; i < 3; i++)
        {
            var far = i * (spread / 2);
            columns.Append(new MessageRow(
                new Uid(7 + i + far), new EmailId(5 + (far << 4)), new ModSeq(3 + far), (MessageFlags)(i * 7), new KeywordSetId((int)(far >> 1)), far, new InternalDate(long.MinValue / 4 * i), far));
        }

        var decoded = new MessageColumns();
        Assert.True(SnapshotCodec.TryDecode(SnapshotCodec.Encode(columns, 0, 3), decoded));
        Assert.Equal(Rows(columns), Rows(decoded));

        // The next part follows; once more the same one does not.
        Assert.False(SnapshotCodec.TryDecode(SnapshotCodec.Encode(columns, 0, 3), decoded));
        var second = new MessageColumns();
        Assert.True(SnapshotCodec.TryDecode(SnapshotCodec.Encode(columns, 0, 1), second));
        Assert.True(SnapshotCodec.TryDecode(SnapshotCodec.Encode(columns, 1, 2), second));
        Assert.Equal(Rows(columns), Rows(second));
    }

    [Fact]
    public void Bytes_that_are_cut_off_or_longer_or_changed_in_their_numbers_are_none()
    {
        var columns = new MessageColumns();
        columns.Append(MessageColumnsTests.Row(1));
        columns.Append(MessageColumnsTests.Row(300));
        var bytes = SnapshotCodec.Encode(columns, 0, 2);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(SnapshotCodec.TryDecode(bytes.AsSpan(0, length), new MessageColumns()));
        }

        Assert.False(SnapshotCodec.TryDecode([.. bytes, 0], new MessageColumns()));
        foreach (var (at, value) in ((int, byte)[])[(0, 2), (1, 0), (1, 3), (4, 0x80), (3, 0x7F), (5, 3), (5, 0xFF)])
        {
            byte[] changed = [.. bytes];
            changed[at] = value;
            Assert.False(SnapshotCodec.TryDecode(changed, new MessageColumns()));
        }
    }

    private static MessageRow[] Rows(MessageColumns columns) => [.. Enumerable.Range(0, columns.Count).Select(columns.Row)];
}
