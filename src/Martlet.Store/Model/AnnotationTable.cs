using System.Collections.Immutable;

namespace Martlet.Store.Model;

/// <summary>
/// All annotations of an account, of its mailboxes and of the account itself, without their values. Immutable: whoever keeps one can tell later what has changed
/// since, removals included, and nobody needs tombstones for that.
/// </summary>
public sealed class AnnotationTable
{
    /// <summary>Owner of annotations that belong to no mailbox: those of the server, as the account sees it.</summary>
    public static readonly MailboxId Server = new(0);

    /// <summary>No annotations.</summary>
    public static readonly AnnotationTable Empty = new(
        ImmutableDictionary<MailboxId, ImmutableSortedDictionary<string, Annotation>>.Empty, ImmutableDictionary<MailboxId, SpecialUse>.Empty, 0, 0);

    private static readonly ImmutableSortedDictionary<string, Annotation> None = ImmutableSortedDictionary.Create<string, Annotation>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<MailboxId, ImmutableSortedDictionary<string, Annotation>> _owners;
    private readonly ImmutableDictionary<MailboxId, SpecialUse> _uses;

    private AnnotationTable(
        ImmutableDictionary<MailboxId, ImmutableSortedDictionary<string, Annotation>> owners, ImmutableDictionary<MailboxId, SpecialUse> uses, int count, long bytes)
    {
        _owners = owners;
        _uses = uses;
        Count = count;
        Bytes = bytes;
    }

    /// <summary>Annotations of all owners; special uses are not counted.</summary>
    public int Count { get; }

    /// <summary>Bytes of their names and values.</summary>
    public long Bytes { get; }

    /// <summary>Annotations of one owner by name, sorted; the special use is not among them.</summary>
    public ImmutableSortedDictionary<string, Annotation> Of(MailboxId owner) => _owners.GetValueOrDefault(owner, None);

    /// <summary>Special use of a mailbox, which changes as annotations do (RFC 6154 §4).</summary>
    public SpecialUse UseOf(MailboxId mailbox) => _uses.GetValueOrDefault(mailbox);

    /// <summary>The mailbox with that use; null when there is none.</summary>
    public MailboxId? OwnerOf(SpecialUse use)
    {
        foreach (var (mailbox, theirs) in _uses)
        {
            if (theirs == use)
            {
                return mailbox;
            }
        }

        return null;
    }

    /// <summary>The table with an annotation set, or removed when it is null.</summary>
    public AnnotationTable With(MailboxId owner, string name, Annotation? annotation)
    {
        var before = Of(owner);
        var (count, bytes) = (Count, Bytes);
        if (before.TryGetValue(name, out var old))
        {
            (count, bytes) = (count - 1, bytes - name.Length - old.Bytes);
        }

        if (annotation is { } set)
        {
            return new(_owners.SetItem(owner, before.SetItem(name, set)), _uses, count + 1, bytes + name.Length + set.Bytes);
        }

        var after = before.Remove(name);
        return ReferenceEquals(after, before) ? this : new(after.IsEmpty ? _owners.Remove(owner) : _owners.SetItem(owner, after), _uses, count, bytes);
    }

    /// <summary>The table with a mailbox's special use.</summary>
    public AnnotationTable WithUse(MailboxId mailbox, SpecialUse use)
    {
        var uses = use == SpecialUse.None ? _uses.Remove(mailbox) : _uses.SetItem(mailbox, use);
        return ReferenceEquals(uses, _uses) ? this : new(_owners, uses, Count, Bytes);
    }

    /// <summary>The table without anything of a mailbox.</summary>
    public AnnotationTable Without(MailboxId mailbox)
    {
        var gone = Of(mailbox);
        return new(_owners.Remove(mailbox), _uses.Remove(mailbox), Count - gone.Count, Bytes - gone.Sum(entry => (long)entry.Key.Length + entry.Value.Bytes));
    }

    /// <summary>What differs from an earlier table, by owner; costs nothing when nothing does. The special use is told under its name.</summary>
    public IReadOnlyList<AnnotationChanges> ChangesSince(AnnotationTable before)
    {
        if (ReferenceEquals(before, this))
        {
            return [];
        }

        var changes = new List<AnnotationChanges>();
        foreach (var owner in _owners.Keys.Concat(before._owners.Keys).Concat(_uses.Keys).Concat(before._uses.Keys).Distinct().Order())
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            var (now, then) = (Of(owner), before.Of(owner));
            if (!ReferenceEquals(now, then))
            {
                names.UnionWith(now.Where(entry => !then.TryGetValue(entry.Key, out var old) || old != entry.Value).Select(entry => entry.Key));
                names.UnionWith(then.Keys.Where(name => !now.ContainsKey(name)));
            }

            if (UseOf(owner) != before.UseOf(owner))
            {
                names.Add(AnnotationName.SpecialUse);
            }

            if (names.Count > 0)
            {
                changes.Add(new(owner, [.. names]));
            }
        }

        return changes;
    }
}
