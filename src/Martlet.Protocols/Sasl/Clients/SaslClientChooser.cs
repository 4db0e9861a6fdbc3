using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>Which mechanisms to try.</summary>
/// <param name="Mechanisms">Those that are offered and that we have the means for, strongest first; empty when there is none, or none may be used.</param>
/// <param name="LostMechanism">
/// The mechanism that was offered before and is missing now, when nothing as strong is left: somebody may have cut the list. Log in with nothing, and ask the
/// owner; null when all is well.
/// </param>
public sealed record SaslChoice(IReadOnlyList<string> Mechanisms, string? LostMechanism);

/// <summary>Chooses a mechanism for a client: the strongest that both sides have, and never one weaker than before because the server's list shrank.</summary>
public static class SaslClientChooser
{
    // Strongest first. Binding to the channel counts more than the hash: no way to use SHA-1 here is known, one to sit in the middle is.
    private static readonly Row[] Rows =
    [
        new(External.Name, means => means.HasCertificate, static (_, means) => new ExternalClient(means.AuthorizationId)),
        .. ScramHash.All.Select(static hash => Scram(hash, isPlus: true)),
        .. ScramHash.All.Select(static hash => Scram(hash, isPlus: false)),
        new(
            CramMd5Server.Name,
            static means => HasPassword(means) && means.AuthorizationId.Length == 0,
            static (_, means) => new CramMd5Client(means.AuthenticationId, means.Password!, means.Limits)),
        new(
            Plain.Name,
            static means => HasPassword(means) && means.IsEncrypted,
            static (_, means) => new PlainClient(means.AuthenticationId, means.Password!, means.AuthorizationId)),
        new(
            Login.Name,
            static means => HasPassword(means) && means.IsEncrypted && means.AuthorizationId.Length == 0,
            static (_, means) => new LoginClient(means.AuthenticationId, means.Password!, means.Limits)),
    ];

    /// <summary>All mechanisms that a client has, strongest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(static row => row.Name)];

    /// <summary>Orders what is offered by strength, and notices what is missing.</summary>
    /// <param name="offered">Names that the server announces on this connection, in any case and order.</param>
    /// <param name="means">What we have.</param>
    public static SaslChoice Choose(IEnumerable<string> offered, SaslClientMeans means)
    {
        var names = offered.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var usable = Rows.Where(row => names.Contains(row.Name) && row.IsUsable(means)).Select(row => row.Name).ToArray();
        var isLost = means.StrongestBefore is { } before && !names.Contains(before) && Rank(usable.FirstOrDefault()) > Rank(before);
        return isLost ? new SaslChoice([], means.StrongestBefore) : new SaslChoice(usable, LostMechanism: null);
    }

    /// <summary>Makes the client for one of the chosen mechanisms.</summary>
    /// <param name="mechanism">One of <see cref="SaslChoice.Mechanisms"/>.</param>
    /// <param name="offered">The same names as before: a SCRAM client tells the server what it saw.</param>
    /// <param name="means">The same as before.</param>
    /// <param name="nonce">For this exchange only: <see cref="ScramNonce.From"/>.</param>
    /// <exception cref="ArgumentException">There is no such mechanism, or we do not have the means for it.</exception>
    public static ISaslClient Create(string mechanism, IEnumerable<string> offered, SaslClientMeans means, string nonce)
    {
        var row = Array.Find(Rows, row => row.Name.Equals(mechanism, StringComparison.OrdinalIgnoreCase));
        return row is not null && row.IsUsable(means)
            ? row.Create(new Exchange(offered.Any(static name => name.EndsWith("-PLUS", StringComparison.OrdinalIgnoreCase)), nonce), means)
            : throw new ArgumentException($"Not to be used here: {mechanism}.", nameof(mechanism));
    }

    /// <summary>The stronger of two mechanisms; null when neither is known here.</summary>
    /// <param name="first">A name in any case, or null.</param>
    /// <param name="second">The same.</param>
    public static string? Stronger(string? first, string? second)
    {
        var rank = Math.Min(Rank(first), Rank(second));
        return rank < Rows.Length ? Rows[rank].Name : null;
    }

    private static Row Scram(ScramHash hash, bool isPlus) => new(
        isPlus ? hash.PlusName : hash.Name,
        isPlus ? static means => HasPassword(means) && means.BindingOrder.Any(name => means.Bindings.Find(name) is not null) : HasPassword,
        (exchange, means) => new ScramClient(hash, isPlus, new ScramClientOptions
        {
            AuthenticationId = means.AuthenticationId,
            Password = means.Password!,
            AuthorizationId = means.AuthorizationId,
            Nonce = exchange.Nonce,
            Bindings = means.Bindings,
            BindingOrder = means.BindingOrder,
            IsPlusOffered = exchange.IsPlusOffered,
            Limits = means.Limits,
        }));

    private static bool HasPassword(SaslClientMeans means) => means.Password is not null && means.AuthenticationId.Length > 0;

    // What we do not have or do not know is weaker than all: nothing can be lost against it.
    private static int Rank(string? mechanism)
    {
        var index = Array.FindIndex(Rows, row => row.Name.Equals(mechanism, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? Rows.Length : index;
    }

    private sealed record Exchange(bool IsPlusOffered, string Nonce);

    private sealed record Row(string Name, Func<SaslClientMeans, bool> IsUsable, Func<Exchange, SaslClientMeans, ISaslClient> Create);
}
