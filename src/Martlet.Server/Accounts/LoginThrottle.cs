using System.Net;

namespace Martlet.Server.Accounts;

/// <summary>
/// Slows guessing of passwords down: counts failed logins for three widths of network around the peer and for the login name, whether an account has it or not.
/// A login counts as under way before anything is verified and is given back when it succeeds, so that parallel guesses are bounded too: a burst of as many as may be under way is answered, and then paid off by a longer wait.
/// </summary>
/// <remarks>
/// <para>Failures wear off evenly (a leaky bucket) rather than by windows: one number an entry, nothing that turns over, and whoever is refused waits just for one
/// failure to wear off. Being refused does not count, so that a program with an old password cannot keep its house out for ever.</para>
/// <para>A name's limit alone would let anybody lock its owner out. In a network where a name logged in lately it is at home: there only the narrow limit holds,
/// not that of the name and not those of the neighbours. What fails at home is not counted for the name.</para>
/// <para>A success gives back the failures of its address. Somebody with an account of his own can thus go on guessing others' passwords from there, as fast as each
/// name's limit allows; and the log has his name.</para>
/// <para>All tables are bounded. In a full one the entry goes that is nearest to being forgotten anyway: nobody is refused because of it, and those at their limits are
/// the last to get a new start. Nothing outlives the process.</para>
/// <para>Thread safe; some microseconds a call, never waits, whatever the number of entries.</para>
/// </remarks>
public sealed class LoginThrottle
{
    // For those that came while as many as may be were under way: one of them has ended by then, as a rule.
    private static readonly TimeSpan UnderWayRetry = TimeSpan.FromSeconds(1);

    private readonly LoginThrottleLimits _limits;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ThrottleKeyMaker _keys = new();
    private readonly Lock _lock = new();
    private readonly BoundedTable<Bucket> _networks;
    private readonly BoundedTable<Bucket> _names;
    private readonly BoundedTable<Home> _homes;

    /// <summary>Makes a throttle that has seen nothing yet.</summary>
    /// <param name="limits">Limits.</param>
    /// <param name="time">Clock; steps of the wall clock do not matter.</param>
    public LoginThrottle(LoginThrottleLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _start = time.GetTimestamp();
        _networks = new BoundedTable<Bucket>(limits.NetworksMax, static bucket => bucket.Worth);
        _names = new BoundedTable<Bucket>(limits.NamesMax, static bucket => bucket.Worth);
        _homes = new BoundedTable<Home>(limits.HomesMax, static home => home.Until);
    }

    /// <summary>Networks, names and homes remembered now.</summary>
    internal (int Networks, int Names, int Homes) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_networks.Count, _names.Count, _homes.Count);
            }
        }
    }

    /// <summary>Asks whether a login may be tried, and counts it as under way if so. Called before anything is verified, and answered alike for every name.</summary>
    /// <param name="remote">The peer. IPv4 in IPv6 form is IPv4; private and loopback addresses are as good as others.</param>
    /// <param name="name">Normalized address that wants to log in; empty when none is known (client keys): then the networks alone count.</param>
    public ThrottleVerdict Begin(IPAddress remote, string name)
    {
        if (!_limits.IsOn)
        {
            return new ThrottleVerdict(new ThrottledLogin(throttle: null, default, isHome: false), TimeSpan.Zero);
        }

        var keys = _keys.Make(remote, name);
        lock (_lock)
        {
            var now = Now();
            var login = new ThrottledLogin(this, keys, keys.Home is { } home && _homes.Get(home).Until > now);
            var wait = 0L;
            foreach (var (table, key, limit) in CountedFor(login))
            {
                if (!login.IsHome || key == keys.Narrow)
                {
                    wait = Math.Max(wait, Wait(table.Get(key), limit, now));
                }
            }

            if (wait > 0)
            {
                return new ThrottleVerdict(Login: null, TimeSpan.FromTicks(wait));
            }

            foreach (var (table, key, _) in CountedFor(login))
            {
                var bucket = table.Get(key);
                table.Put(key, new Bucket(Math.Max(bucket.EmptyAt, now), bucket.UnderWay + 1));
            }

            return new ThrottleVerdict(login, TimeSpan.Zero);
        }
    }

    internal void Fail(ThrottledLogin login)
    {
        lock (_lock)
        {
            End(login, static (counted, bucket, now) => Math.Max(bucket.EmptyAt, now) + counted.Limit.TicksPerFailure);
        }
    }

    internal void Abandon(ThrottledLogin login)
    {
        lock (_lock)
        {
            End(login, static (_, bucket, _) => bucket.EmptyAt);
        }
    }

    internal void Succeed(ThrottledLogin login, UInt128? home)
    {
        lock (_lock)
        {
            var now = Now();
            var perFailure = _limits.Narrow.TicksPerFailure;
            var failures = Math.Max(0, (_networks.Get(login.Keys.Narrow).EmptyAt - now + perFailure - 1) / perFailure);
            // Not to the name: what others failed at is not forgotten because its owner's program logs in every minute.
            End(login, (counted, bucket, _) => counted.Table == _names ? bucket.EmptyAt : bucket.EmptyAt - (failures * counted.Limit.TicksPerFailure));
            if (home is { } key)
            {
                _homes.Put(key, new Home(now + _limits.HomeFor.Ticks));
            }
        }
    }

    internal UInt128 HomeOf(in ThrottleKeys keys, string name) => _keys.Home(keys.Narrow, name);

    // Ticks until there is room; 0 when there is.
    private static long Wait(Bucket bucket, ThrottleLimit limit, long now)
    {
        var wait = bucket.EmptyAt - now - ((limit.Failures - 1) * limit.TicksPerFailure);
        return wait > 0 ? wait : bucket.UnderWay >= limit.UnderWay ? UnderWayRetry.Ticks : 0;
    }

    private void End(ThrottledLogin login, Func<Counted, Bucket, long, long> emptyAt)
    {
        var now = Now();
        foreach (var counted in CountedFor(login))
        {
            // An entry that had to make room meanwhile starts anew with this login.
            var bucket = counted.Table.Get(counted.Key);
            counted.Table.Put(counted.Key, new Bucket(emptyAt(counted, bucket, now), Math.Max(0, bucket.UnderWay - 1)));
        }
    }

    private IEnumerable<Counted> CountedFor(ThrottledLogin login)
    {
        yield return new(_networks, login.Keys.Narrow, _limits.Narrow);
        yield return new(_networks, login.Keys.Middle, _limits.Middle);
        yield return new(_networks, login.Keys.Wide, _limits.Wide);
        if (login.Keys.Name is { } name && !login.IsHome)
        {
            yield return new(_names, name, _limits.Name);
        }
    }

    private long Now() => _time.GetElapsedTime(_start).Ticks;

    /// <summary>Failures and logins under way of a network or name.</summary>
    /// <param name="EmptyAt">When the last failure will have worn off: now and one interval for each failure. In the past when there are none.</param>
    /// <param name="UnderWay">Logins that have not ended.</param>
    private readonly record struct Bucket(long EmptyAt, int UnderWay)
    {
        // An attempt under way is worth a minute of waiting: live ones are not forgotten before those that are over.
        public long Worth => EmptyAt + (UnderWay * TimeSpan.TicksPerMinute);
    }

    private readonly record struct Home(long Until);

    private readonly record struct Counted(BoundedTable<Bucket> Table, UInt128 Key, ThrottleLimit Limit);
}
