using System.Collections.Concurrent;
using System.Globalization;

namespace Martlet.Testing.Stress;

/// <summary>What all sessions together know for certain. Thread safe.</summary>
public sealed class StressTruth
{
    private readonly ConcurrentDictionary<(uint UidValidity, uint Uid, long ModSeq), string> _flags = [];
    private readonly ConcurrentDictionary<(uint UidValidity, uint Uid), string> _kept = [];
    private readonly ConcurrentDictionary<(uint UidValidity, uint Uid), bool> _gone = [];
    private readonly ConcurrentBag<(uint UidValidity, uint Above, uint Below)> _unnamed = [];

    /// <summary>Messages acknowledged so far.</summary>
    public int Acknowledged => _kept.Count;

    /// <summary>A modseq of a message stands for one state of its flags, whoever is told of it.</summary>
    public void CheckFlags(uint uidValidity, uint uid, long modSeq, string flags)
    {
        var known = _flags.GetOrAdd((uidValidity, uid, modSeq), flags);
        if (known != flags)
        {
            throw new StressException(string.Create(CultureInfo.InvariantCulture, $"UID {uid} at modseq {modSeq} has ({known}) to one session and ({flags}) to another"));
        }
    }

    /// <summary>The server has said that a message is there.</summary>
    /// <param name="uidValidity">UIDVALIDITY of its mailbox.</param>
    /// <param name="uid">UID.</param>
    /// <param name="how">What said so first, for the report when it is missing.</param>
    public void NoteKept(uint uidValidity, uint uid, string how) => _kept.TryAdd((uidValidity, uid), how);

    /// <summary>The server has said that a message is gone, or may have: its removal was asked for.</summary>
    public void NoteGone(uint uidValidity, uint uid) => _gone[(uidValidity, uid)] = true;

    /// <summary>
    /// An EXPUNGE took, or may have taken, a message whose UID the client was not told: it is one between these. <see cref="CheckEnd"/> settles which.
    /// </summary>
    public void NoteUnnamedGone(uint uidValidity, uint above, uint below) => _unnamed.Add((uidValidity, above, below));

    /// <summary>Messages that were gone with nothing but such an EXPUNGE to explain it.</summary>
    public int Unnamed { get; private set; }

    /// <summary>At the end: every acknowledged message is there or was taken out by somebody, and none that was taken out is there.</summary>
    public void CheckEnd(uint uidValidity, IReadOnlyCollection<uint> there)
    {
        var present = there.ToHashSet();
        foreach (var (message, how) in _kept)
        {
            if (message.UidValidity != uidValidity || present.Contains(message.Uid) || _gone.ContainsKey(message))
            {
                continue;
            }

            if (!_unnamed.Any(range => range.UidValidity == uidValidity && message.Uid > range.Above && message.Uid < range.Below))
            {
                throw new StressException($"UID {message.Uid} was acknowledged ({how}), nobody removed it, and it is not there");
            }

            _gone[message] = true;
            Unnamed++;
        }
    }

    /// <summary>All mailboxes were checked: what is there now can be explained by no EXPUNGE from before.</summary>
    public void Settle() => _unnamed.Clear();
}

/// <summary>A server that broke a promise.</summary>
public sealed class StressException(string message) : Exception(message);
