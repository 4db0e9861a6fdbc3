namespace Martlet.Server.Accounts;

/// <summary>A login that is being tried and counts as under way until its owner says how it ended. The first word holds; later ones are ignored.</summary>
/// <remarks>Thread safe. Disposing one that has not ended counts it as failed: who gets an answer by breaking off must pay for it.</remarks>
public sealed class ThrottledLogin : IDisposable
{
    private readonly LoginThrottle? _throttle;
    private int _hasEnded;

    internal ThrottledLogin(LoginThrottle? throttle, ThrottleKeys keys, bool isHome)
    {
        _throttle = throttle;
        Keys = keys;
        IsHome = isHome;
    }

    internal ThrottleKeys Keys { get; }

    /// <summary>Whether the name was at home in the network when it began.</summary>
    internal bool IsHome { get; }

    /// <summary>The credentials were wrong.</summary>
    public void Fail() => End(static (throttle, login) => throttle.Fail(login));

    /// <summary>Somebody is logged in: the failures of this address are given back, and the name is at home here.</summary>
    public void Succeed() => End(static (throttle, login) => throttle.Succeed(login, login.Keys.Home));

    /// <summary>Somebody is logged in whose name was not known at the beginning: with a key.</summary>
    /// <param name="name">Normalized address.</param>
    public void Succeed(string name) => End((throttle, login) => throttle.Succeed(login, throttle.HomeOf(login.Keys, name)));

    /// <summary>Nothing was tried: the client gave up before it sent any credentials. Never after an answer.</summary>
    public void Abandon() => End(static (throttle, login) => throttle.Abandon(login));

    /// <inheritdoc/>
    public void Dispose() => Fail();

    private void End(Action<LoginThrottle, ThrottledLogin> how)
    {
        if (_throttle is not null && Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            how(_throttle, this);
        }
    }
}
