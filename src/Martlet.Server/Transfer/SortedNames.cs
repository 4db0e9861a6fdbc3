using System.Text;
using Martlet.Messages.Files;

namespace Martlet.Server.Transfer;

/// <summary>
/// Names of a folder in the order in which its messages came, as far as the names say it; a folder of a Maildir gives them in no order. A name takes its bytes and
/// 24 more, so that a million are some 90 MB.
/// </summary>
internal sealed class SortedNames
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<Entry> _entries = [];
    private int _used = BlockBytes;

    /// <summary>How many.</summary>
    public int Count => _entries.Count;

    /// <summary>Takes a name.</summary>
    public void Add(string name, bool isFolder)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        if (_used + length > BlockBytes)
        {
            _blocks.Add(new byte[BlockBytes]);
            _used = 0;
        }

        Encoding.UTF8.GetBytes(name, _blocks[^1].AsSpan(_used));
        _entries.Add(new Entry(MaildirName.Parse(name).Date?.ToUnixTimeSeconds() ?? 0, _blocks.Count - 1, _used, (ushort)length, isFolder));
        _used += length;
    }

    /// <summary>The names, by the time in them and then by their bytes.</summary>
    public IEnumerable<(string Name, bool IsFolder)> Ordered()
    {
        _entries.Sort(Compare);
        foreach (var entry in _entries)
        {
            yield return (Encoding.UTF8.GetString(Bytes(entry)), entry.IsFolder);
        }
    }

    private int Compare(Entry left, Entry right)
    {
        var order = left.Seconds.CompareTo(right.Seconds);
        return order != 0 ? order : Bytes(left).SequenceCompareTo(Bytes(right));
    }

    private ReadOnlySpan<byte> Bytes(Entry entry) => _blocks[entry.Block].AsSpan(entry.Offset, entry.Length);

    private readonly record struct Entry(long Seconds, int Block, int Offset, ushort Length, bool IsFolder);
}
