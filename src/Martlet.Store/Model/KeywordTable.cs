using System.Collections.Immutable;

namespace Martlet.Store.Model;

/// <summary>
/// The keywords of an account and the sets of them that messages have. Keywords are case-insensitive and keep the case in which they were first used
/// (RFC 9051 §2.3.2). Sets are interned: a message stores one number, so there is no limit of 64 keywords and no bitmap to outgrow.
/// </summary>
/// <remarks>Immutable; the writer replaces the table when a keyword or set is added. Neither is ever renumbered.</remarks>
public sealed class KeywordTable
{
    /// <summary>No keywords.</summary>
    public static readonly KeywordTable Empty = new(
        [], ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase), [[]], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal).Add("", 0));

    private readonly ImmutableDictionary<string, int> _numbers;
    private readonly ImmutableDictionary<string, int> _sets;

    private KeywordTable(
        ImmutableList<string> names, ImmutableDictionary<string, int> numbers, ImmutableList<ImmutableArray<int>> sets, ImmutableDictionary<string, int> setNumbers)
    {
        Names = names;
        _numbers = numbers;
        Sets = sets;
        _sets = setNumbers;
    }

    /// <summary>Keywords by number.</summary>
    public ImmutableList<string> Names { get; }

    /// <summary>Members of each set, ascending keyword numbers; set 0 is empty.</summary>
    public ImmutableList<ImmutableArray<int>> Sets { get; }

    /// <summary>Rebuilds a table from its rows.</summary>
    /// <param name="names">Keywords in the order of their numbers.</param>
    /// <param name="sets">Sets from number 1 on, in order.</param>
    public static KeywordTable Load(IReadOnlyList<string> names, IReadOnlyList<ImmutableArray<int>> sets)
    {
        var numbers = Empty._numbers.ToBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            numbers[names[i]] = i;
        }

        var setNumbers = Empty._sets.ToBuilder();
        for (var i = 0; i < sets.Count; i++)
        {
            setNumbers[Key(sets[i].AsSpan())] = i + 1;
        }

        return new KeywordTable([.. names], numbers.ToImmutable(), [[], .. sets], setNumbers.ToImmutable());
    }

    /// <summary>Number of a keyword, or -1.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);

    /// <summary>Members of a set; empty for a number that is not there.</summary>
    public ImmutableArray<int> Members(KeywordSetId set) => (uint)set.Value < (uint)Sets.Count ? Sets[set.Value] : [];

    /// <summary>Whether a set holds a keyword.</summary>
    public bool Contains(KeywordSetId set, int keyword) => Members(set).BinarySearch(keyword) >= 0;

    /// <summary>The table with this keyword in it; the same table when it has it.</summary>
    public KeywordTable WithName(string name, out int keyword)
    {
        keyword = Find(name);
        if (keyword >= 0)
        {
            return this;
        }

        keyword = Names.Count;
        return new KeywordTable(Names.Add(name), _numbers.Add(name, keyword), Sets, _sets);
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

        set = new KeywordSetId(Sets.Count);
        return new KeywordTable(Names, _numbers, Sets.Add([.. members]), _sets.Add(key, Sets.Count));
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
