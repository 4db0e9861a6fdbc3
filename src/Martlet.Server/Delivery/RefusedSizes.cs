using Martlet.Protocols.Smtp;
using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>
/// How large messages were for which an account had no room after the data, by who sent them. A message to several recipients is taken for all or for none; without
/// this memory the one who is full would keep it from the others at each try of a peer that does not say the size.
/// </summary>
/// <remarks>Thread safe. Holds <see cref="EntriesMax"/> entries at most; what is forgotten costs another try.</remarks>
internal sealed class RefusedSizes
{
    /// <summary>Entries that are remembered.</summary>
    public const int EntriesMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(AccountId Account, string From), long> _sizes = [];
    private readonly Queue<(AccountId Account, string From)> _order = new();

    /// <summary>Remembers a size.</summary>
    public void Note(AccountId account, ReversePath from, long size)
    {
        var key = (account, from.ToString());
        lock (_lock)
        {
            if (!_sizes.ContainsKey(key))
            {
                if (_order.Count == EntriesMax)
                {
                    _sizes.Remove(_order.Dequeue());
                }

                _order.Enqueue(key);
            }

            _sizes[key] = size;
        }
    }

    /// <summary>The last size; 0 when there was none.</summary>
    public long SizeOf(AccountId account, ReversePath from)
    {
        lock (_lock)
        {
            return _sizes.Count == 0 ? 0 : _sizes.GetValueOrDefault((account, from.ToString()));
        }
    }
}
