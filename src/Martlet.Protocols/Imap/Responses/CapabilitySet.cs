using System.Collections;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>Capabilities as a server announced them. Compared without regard to case. Immutable.</summary>
public sealed class CapabilitySet : IReadOnlyCollection<string>
{
    private readonly HashSet<string> _names;

    /// <summary>Keeps names, each once.</summary>
    public CapabilitySet(IEnumerable<string> names) => _names = new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>None.</summary>
    public static CapabilitySet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _names.Count;

    /// <summary>SASL mechanisms, without their prefix.</summary>
    public IEnumerable<string> Mechanisms => Values(Capability.AuthPrefix);

    /// <summary>Bytes of the largest message that APPEND takes (RFC 7889 §3); null without such a bound.</summary>
    public long? AppendLimit
    {
        get
        {
            foreach (var value in Values(Capability.AppendLimit + "="))
            {
                return long.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
            }

            return null;
        }
    }

    /// <summary>Whether a capability is announced, as <see cref="Capability"/> spells it.</summary>
    public bool Has(string capability) => _names.Contains(capability);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names with a space between.</summary>
    public override string ToString() => string.Join(' ', _names);

    private IEnumerable<string> Values(string prefix)
    {
        foreach (var name in _names)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return name[prefix.Length..];
            }
        }
    }
}
