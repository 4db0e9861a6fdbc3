using Martlet.Store.Model;
using Xunit;

namespace Martlet.Store.Tests.Memory;

/// <summary>Columns whose UIDs others read: nothing that happens afterwards may move them.</summary>
public sealed class MessageColumnsTests
{
    [Fact]
    public void Shared_uids_stay_when_rows_are_added_put_between_and_taken_out()
    {
        var columns = Columns(1, 3, 5);
        columns.Reserve(10);
        var shared = columns.ShareUids();
        columns.Append(Row(7));
        Assert.True(columns.TryInsert(Row(4)));
        columns.Remove([new Uid(1)]);
        Assert.Equal([1u, 3, 5], shared.ToArray());
        Assert.Equal([3u, 4, 5, 7], columns.ShareUids().ToArray());
    }

    [Fact]
    public void Columns_that_others_take_over_are_shared_as_before()
    {
        var columns = Columns(1, 2, 3);
        var shared = columns.ShareUids();
        var heir = new MessageColumns();
        heir.TakeFrom(columns);
        heir.Remove([new Uid(2)]);
        columns.Append(Row(9));
        Assert.Equal([1u, 2, 3], shared.ToArray());
        Assert.Equal([1u, 3], heir.ShareUids().ToArray());
    }

    internal static MessageRow Row(uint uid) => new(new Uid(uid), new EmailId(uid), new ModSeq(uid), MessageFlags.None, default, 1, default, 0);

    private static MessageColumns Columns(params uint[] uids)
    {
        var columns = new MessageColumns();
        foreach (var uid in uids)
        {
            columns.Append(Row(uid));
        }

        return columns;
    }
}
