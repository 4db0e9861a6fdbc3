using Martlet.Server.Accounts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class BoundedTableTests
{
    private readonly BoundedTable<int> _table = new(8, static value => value);

    [Fact]
    public void It_takes_what_it_has_room_for_and_then_the_least_goes()
    {
        for (var key = 1; key <= 8; key++)
        {
            _table.Put((UInt128)key, 100 - key);
        }

        Assert.Equal((8, 8, 99, 92), (_table.Count, _table.CountMax, _table.Get(1), _table.Get(8)));
        _table.Put(9, 1);
        Assert.Equal((8, 0, 1), (_table.Count, _table.Get(8), _table.Get(9)));
        _table.Put(10, 2);
        Assert.Equal((8, 0, 2), (_table.Count, _table.Get(9), _table.Get(10)));
    }

    [Fact]
    public void A_key_has_one_entry_wherever_it_lies()
    {
        for (var key = 1; key <= 8; key++)
        {
            _table.Put((UInt128)key, key);
        }

        // The last one, though the first is worth less.
        _table.Put(8, 50);
        Assert.Equal((8, 1, 50), (_table.Count, _table.Get(1), _table.Get(8)));
        Assert.Equal(0, _table.Get(8 + (UInt128.One << 64)));
        Assert.Equal(0, _table.Get(0));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(9, 16)]
    [InlineData(17, 32)]
    public void The_limit_is_rounded_up(int wanted, int most)
    {
        var table = new BoundedTable<int>(wanted, static value => value);
        for (var key = 0; key < 1000; key++)
        {
            table.Put((UInt128)key, 1);
        }

        Assert.Equal((most, most), (table.CountMax, table.Count));
    }
}
