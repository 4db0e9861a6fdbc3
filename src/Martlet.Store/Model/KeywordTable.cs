using System.Collections.Immutable;

namespace Martlet.Store.Model;

/// <summary>
/// The keywords of an account and the sets of them that messages have. Keywords are case-insensitive and keep the case in which they were first used
/// (RFC 9051 §2.3.2). Sets are interned: a message stores one number, so there is no limit of 64 keywords and no bitmap to outgrow.
/// </summary>
/// <remarks>
/// Immutable; the writer replaces the table when a keyword or set is added, and when those that no message has are dropped. Neither is ever renumbered, and a
/// number is not given out twice while the account is in memory: what a session still holds of a dropped one means nothing, never something else.
/// </remarks>
public sealed class KeywordTable
{
    /// <summary>No keywords.</summary>
    public static readonly KeywordTable Empty = new(
        ImmutableSortedDictionary<int, string>.Empty, ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase), 0,
        ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty.Add(0, []), ImmutableDictionary.Create<string, int>(StringComparer.Ordinal).Add("", 0), 1);

    private readonly ImmutableDictionary<string, int> _numbers;
    private readonly ImmutableDictionary<string, int> _sets;

    private KeywordTable(
        ImmutableSortedDictionary<int, string> names, ImmutableDictionary<string, int> numbers, int nextKeyword,
        ImmutableSortedDictionary<int, ImmutableArray<int>> sets, ImmutableDictionary<string, int> setNumbers, int nextSet)
    {
        Names = names;
        _numbers = numbers;
        NextKeyword = nextKeyword;
        Sets = sets;
        _sets = setNumbers;
        NextSet = nextSet;
    }

    /// <summary>Keywords by number.</summary>
    public ImmutableSortedDictionary<int, string> Names { get; }

    /// <summary>Members of each set, ascending keyword numbers; set 0 is empty.</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<int>> Sets { get; }

    /// <summary>Number of the next new keyword.</summary>
    public int NextKeyword { get; }

    /// <summary>Number of the next new set.</summary>
    public int NextSet { get; }

    /// <summary>Rebuilds a table from its rows.</summary>
    /// <param name="names">Keywords with their numbers.</param>
    /// <param name="sets">Sets with their numbers, from 1 on.</param>
    public static KeywordTable Load(IReadOnlyList<(int Number, string Name)> names, IReadOnlyList<(int Number, ImmutableArray<int> Members)> sets)
    {
        var (byNumber, numbers, next) = (Empty.Names.ToBuilder(), Empty._numbers.ToBuilder(), 0);
        foreach (var (number, name) in names)
        {
            byNumber[number] = name;
            numbers[name] = number;
            next = Math.Max(next, number + 1);
        }

        var (members, setNumbers, nextSet) = (Empty.Sets.ToBuilder(), Empty._sets.ToBuilder(), 1);
        foreach (var set in sets)
        {
            members[set.Number] = set.Members;
            setNumbers[Key(set.Members.AsSpan())] = set.Number;
            nextSet = Math.Max(nextSet, set.Number + 1);
        }

        return new KeywordTable(byNumber.ToImmutable(), numbers.ToImmutable(), next, members.ToImmutable(), setNumbers.ToImmutable(), nextSet);
    }

    /// <summary>Number of a keyword, or -1.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);

    /// <summary>Name of a keyword; empty for a number that is not there.</summary>
    public string Name(int keyword) => Names.GetValueOrDefault(keyword, "");

    /// <summary>Members of a set; empty for a number that is not there.</summary>
    public ImmutableArray<int> Members(KeywordSetId set) => Sets.GetValueOrDefault(set.Value, []);

    /// <summary>Whether a set holds a keyword.</summary>
    public bool Contains(KeywordSetId set, int keyword) => Members(set).BinarySearch(keyword) >= 0;

    /// <summary>Whether both have the same keywords and sets under the same numbers.</summary>
    public bool IsSame(KeywordTable other) => Names.SequenceEqual(other.Names) && Sets.Keys.SequenceEqual(other.Sets.Keys)
        && Sets.All(set => set.Value.AsSpan().SequenceEqual(other.Sets[set.Key].AsSpan()));

    /// <summary>The table with this keyword in it; the same table when it has it.</summary>
    public KeywordTable WithName(string name, out int keyword)
    {
        keyword = Find(name);
        if (keyword >= 0)
        {
            return this;
        }

        keyword = NextKeyword;
        return new KeywordTable(Names.Add(keyword, name), _numbers.Add(name, keyword), checked(keyword + 1), Sets, _sets, NextSet);
    }

    /// <summary>Finds or adds a set.</summary>
    /// <param name="members">Ascending keyword numbers without repetition.</param>
    /// <param name="set">Its number.</param>
    /// <returns>The table that has it; this one when it had it.</returns>
    public KeywordTable WithSet(ReadOnlySpan<int> members, out KeywordSetId set)
    {
        var key = Key(members);
        if (_sets.TryGetValue(key, out var number))
        {
            set = new KeywordSetId(number);
            return this;
        }

        set = new KeywordSetId(NextSet);
        return new KeywordTable(Names, _numbers, NextKeyword, Sets.Add(NextSet, [.. members]), _sets.Add(key, NextSet), checked(NextSet + 1));
    }

    /// <summary>The table without the sets that are not wanted and the keywords that are then in no set; the same table when nothing goes.</summary>
    public KeywordTable KeepingOnly(IReadOnlySet<KeywordSetId> wanted)
    {
        var setsGone = Sets.Keys.Where(set => set != 0 && !wanted.Contains(new KeywordSetId(set))).ToArray();
        var (sets, setNumbers) = (Sets.RemoveRange(setsGone), _sets.RemoveRange(setsGone.Select(set => Key(Sets[set].AsSpan()))));
        var used = sets.Values.SelectMany(members => members).ToHashSet();
        var gone = Names.Keys.Where(keyword => !used.Contains(keyword)).ToArray();
        return setsGone.Length + gone.Length == 0
            ? this
            : new KeywordTable(Names.RemoveRange(gone), _numbers.RemoveRange(gone.Select(keyword => Names[keyword])), NextKeyword, sets, setNumbers, NextSet);
    }

    private static string Key(ReadOnlySpan<int> members) => string.Create(members.Length * 2, members, static (chars, numbers) =>
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            chars[2 * i] = (char)(numbers[i] & 0xffff);
            chars[(2 * i) + 1] = (char)(numbers[i] >> 16);
        }
    });
}
