using System.Globalization;
using System.Text.RegularExpressions;

namespace Martlet.Testing.Stress;

/// <summary>What one client knows of its open mailbox, kept up to date by nothing but the server's untagged responses, each checked against what may be said then.</summary>
/// <param name="truth">What all know.</param>
/// <param name="hasNumbers">Whether the server tells sequence numbers; if not, only how many messages there are is known of the new ones.</param>
public sealed partial class StressView(StressTruth truth, bool hasNumbers)
{
    private readonly List<uint> _uids = []; // By sequence number; 0 is not known yet.
    private readonly Dictionary<uint, (long ModSeq, string Flags)> _flags = [];

    /// <summary>UIDVALIDITY of the open mailbox.</summary>
    public uint UidValidity { get; private set; }

    /// <summary>HIGHESTMODSEQ as far as the client may believe it knows everything.</summary>
    public long ModSeq { get; private set; }

    /// <summary>Messages.</summary>
    public int Count => _uids.Count;

    /// <summary>UIDs known, ascending.</summary>
    public IReadOnlyList<uint> Uids => [.. _uids.Where(uid => uid != 0)];

    /// <summary>First sequence number whose UID is not known; 0 when all are.</summary>
    public int FirstUnknown => _uids.IndexOf(0) + 1;

    /// <summary>Whether EXPUNGE and VANISHED may come now (RFC 9051 §7.5.1).</summary>
    public bool MayExpunge { get; set; } = true;

    /// <summary>
    /// The silent STORE that runs. Its MODSEQ responses say when it happened to a message: what was told before is changed by it, what is told later is not.
    /// </summary>
    public (char Action, IReadOnlyCollection<string> Flags)? Silent { get; set; }

    /// <summary>Messages whose flags this client has computed itself after a silent STORE; to be checked at the end of the command.</summary>
    public HashSet<uint> Computed { get; } = [];

    /// <summary>Flags of a message as this client knows them.</summary>
    public string? FlagsOf(uint uid) => _flags.TryGetValue(uid, out var known) ? known.Flags : null;

    /// <summary>Modseq of a message as this client knows it.</summary>
    public long ModSeqOf(uint uid) => _flags.TryGetValue(uid, out var known) ? known.ModSeq : 0;

    /// <summary>Forgets the mailbox; what is known by UID can be kept for a resynchronization.</summary>
    public void Close(bool keepsMessages)
    {
        _uids.Clear();
        Computed.Clear();
        if (!keepsMessages)
        {
            _flags.Clear();
            ModSeq = 0;
        }
    }

    /// <summary>After a resynchronization: what was known before and what the server has told must be all there is.</summary>
    public void Restore()
    {
        uint[] known = [.. _flags.Keys.Order()];
        Require(known.Length == _uids.Count, $"the mailbox has {_uids.Count} messages, {known.Length} are known after the resynchronization");
        for (var i = 0; i < known.Length; i++)
        {
            Require(!hasNumbers || _uids[i] == 0 || _uids[i] == known[i], $"number {i + 1} is UID {_uids[i]}, by what is known {known[i]}");
            _uids[i] = known[i];
        }
    }

    /// <summary>Takes an untagged response.</summary>
    public void Take(string line)
    {
        if (Numbered().Match(line) is { Success: true } numbered)
        {
            Take(int.Parse(numbered.Groups[1].ValueSpan, CultureInfo.InvariantCulture), numbered.Groups[2].Value, numbered.Groups[3].Value);
        }
        else if (Vanished().Match(line) is { Success: true } vanished)
        {
            TakeVanished(vanished.Groups[2].Value, isEarlier: vanished.Groups[1].Success);
        }
        else if (line.StartsWith("* OK [CLOSED]", StringComparison.Ordinal))
        {
            // Up to here the server has spoken of the mailbox before.
            Close(keepsMessages: false);
        }
        else if (Code().Match(line) is { Success: true } code)
        {
            var value = long.Parse(code.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            if (code.Groups[1].Value == "UIDVALIDITY")
            {
                UidValidity = (uint)value;
            }
            else
            {
                // Lower than before while expunges wait (RFC 7162 §3.2): a client that loses the connection now asks from there.
                ModSeq = value;
            }
        }
    }

    /// <summary>The tagged reply named HIGHESTMODSEQ.</summary>
    public void NoteModSeq(long value)
    {
        Require(value >= ModSeq, $"HIGHESTMODSEQ went from {ModSeq} to {value}");
        ModSeq = value;
    }

    /// <summary>A command is over: what this client has computed must be what the server has.</summary>
    public void EndCommand()
    {
        foreach (var uid in Computed)
        {
            if (_flags.TryGetValue(uid, out var known))
            {
                truth.CheckFlags(UidValidity, uid, known.ModSeq, known.Flags);
            }
        }

        Computed.Clear();
        Silent = null;
    }

    /// <summary>All messages with flags and modseq, for comparison; UIDs ascending.</summary>
    public string Dump() => string.Join('\n', Uids.Order().Select(uid => $"{uid} {_flags.GetValueOrDefault(uid).ModSeq} ({_flags.GetValueOrDefault(uid).Flags})"));

    private void Take(int number, string kind, string rest)
    {
        switch (kind)
        {
            case "EXISTS":
                Require(number >= _uids.Count, $"{number} EXISTS after {_uids.Count}: messages went without EXPUNGE");
                _uids.AddRange(Enumerable.Repeat(0u, number - _uids.Count));
                break;
            case "EXPUNGE":
                Require(MayExpunge, "EXPUNGE while a command by sequence number runs");
                Require(number >= 1 && number <= _uids.Count, $"{number} EXPUNGE of {_uids.Count}");
                ForgetAt(number - 1);
                _uids.RemoveAt(number - 1);
                break;
            case "FETCH":
                Require(number >= 1 && number <= _uids.Count, $"{number} FETCH of {_uids.Count}");
                var uid = Uid().Match(rest) is { Success: true } match ? uint.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : _uids[number - 1];
                Require(_uids[number - 1] == 0 || _uids[number - 1] == uid, $"number {number} was UID {_uids[number - 1]} and is {uid} now");
                Know(number, uid);
                TakeItems(uid, rest);
                break;
            case "UIDFETCH":
                Know((uint)number);
                TakeItems((uint)number, rest);
                break;
        }
    }

    private void TakeItems(uint uid, string rest)
    {
        var modSeq = ModSeqItem().Match(rest);
        if (!modSeq.Success)
        {
            Require(!rest.Contains("FLAGS (", StringComparison.Ordinal), $"flags of UID {uid} without MODSEQ: {rest}");
            return;
        }

        var value = long.Parse(modSeq.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var known = _flags.GetValueOrDefault(uid);
        Require(value >= known.ModSeq, $"modseq of UID {uid} went from {known.ModSeq} to {value}");
        if (FlagsItem().Match(rest) is { Success: true } flags)
        {
            var sorted = Sorted(flags.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            truth.CheckFlags(UidValidity, uid, value, sorted);
            _flags[uid] = (value, sorted);
            Computed.Remove(uid);
        }
        else
        {
            _flags[uid] = (value, Compute(known.Flags ?? ""));
            Computed.Add(uid);
        }
    }

    private string Compute(string flags)
    {
        var set = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        switch (Silent?.Action)
        {
            case '+':
                set.UnionWith(Silent.Value.Flags);
                break;
            case '-':
                set.ExceptWith(Silent.Value.Flags);
                break;
            case '=':
                set = [.. Silent.Value.Flags];
                break;
        }

        return Sorted(set);
    }

    private void TakeVanished(string set, bool isEarlier)
    {
        Require(isEarlier || MayExpunge, "VANISHED while a command by sequence number runs");
        foreach (var uid in Parse(set))
        {
            var at = _uids.IndexOf(uid);
            if (isEarlier)
            {
                Require(at < 0, $"UID {uid} VANISHED (EARLIER) though it counts");
            }
            else
            {
                // If it is none of those known by UID, one of the others, where the order allows it.
                at = at >= 0 ? at : FindUnknown(uid);
                Require(at >= 0, $"UID {uid} VANISHED though the client did not count it");
                _uids.RemoveAt(at);
            }

            Forget(uid);
        }
    }

    private int FindUnknown(uint uid)
    {
        var next = hasNumbers ? _uids.FindIndex(known => known > uid) : -1;
        return _uids.Count == 0 ? -1 : _uids.LastIndexOf(0, next < 0 ? _uids.Count - 1 : next);
    }

    private void Know(int number, uint uid)
    {
        _uids[number - 1] = uid;
        var below = number >= 2 ? _uids[number - 2] : 0;
        Require(below == 0 || below < uid, $"number {number} is UID {uid}, the one before {below}");
        truth.NoteKept(UidValidity, uid, "FETCH");
    }

    // Without sequence numbers a client knows only how many there are: UIDs ascend, and unknown ones are the newest.
    private void Know(uint uid)
    {
        if (!_uids.Contains(uid))
        {
            var at = _uids.IndexOf(0);
            Require(at >= 0, $"UID {uid} is one more message than EXISTS has told");
            _uids[at] = uid;
        }

        truth.NoteKept(UidValidity, uid, "FETCH");
    }

    /// <summary>The connection broke in an EXPUNGE: any message that this client had not been told of by then may be gone, and it will never hear which.</summary>
    public void NoteLostExpunge() => truth.NoteUnnamedGone(UidValidity, _uids.Append(0u).Max(), uint.MaxValue);

    private void ForgetAt(int index)
    {
        if (_uids[index] != 0)
        {
            Forget(_uids[index]);
            return;
        }

        var above = _uids.FindIndex(index, static uid => uid != 0);
        truth.NoteUnnamedGone(UidValidity, _uids.Take(index).Append(0u).Max(), above < 0 ? uint.MaxValue : _uids[above]);
    }

    private void Forget(uint uid)
    {
        _flags.Remove(uid);
        Computed.Remove(uid);
        truth.NoteGone(UidValidity, uid);
    }

    /// <summary>The numbers of a set without a star.</summary>
    public static IEnumerable<uint> Parse(string set)
    {
        foreach (var range in set.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split(':');
            for (var number = uint.Parse(ends[0], CultureInfo.InvariantCulture); number <= uint.Parse(ends[^1], CultureInfo.InvariantCulture); number++)
            {
                yield return number;
            }
        }
    }

    private static string Sorted(IEnumerable<string> flags) => string.Join(' ', flags.Order(StringComparer.OrdinalIgnoreCase));

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new StressException(message);
        }
    }

    [GeneratedRegex(@"^\* (?<a>\d+) (?<b>EXISTS|EXPUNGE|FETCH|UIDFETCH)(?<c>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\* VANISHED(?<a> \(EARLIER\))? (?<b>[\d:,]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Vanished();

    [GeneratedRegex(@"^\* OK \[(?<a>UIDVALIDITY|HIGHESTMODSEQ) (?<b>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"UID (?<a>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uid();

    [GeneratedRegex(@"MODSEQ \((?<a>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ModSeqItem();

    [GeneratedRegex(@"FLAGS \((?<a>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FlagsItem();
}
