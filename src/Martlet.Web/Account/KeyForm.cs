using Martlet.Network.Tls;
using Martlet.Web.Routing;

namespace Martlet.Web.Account;

/// <summary>What was filled in on the page of keys, but for passwords.</summary>
public sealed record KeyForm
{
    /// <summary>Name of the key.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address it logs in as.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether IMAP connections with it begin logged in.</summary>
    public bool MayPreauth { get; init; } = true;

    /// <summary>The certificate, to be added.</summary>
    public string Pem { get; init; } = "";

    /// <summary>Kind of a key to be made.</summary>
    public string Kind { get; init; } = "p256";

    /// <summary>Kind of the file with it.</summary>
    public string File { get; init; } = "p12";

    /// <summary>Password of that file. It is never shown again.</summary>
    internal string FilePassword { get; init; } = "";

    /// <summary>What is wrong with a change of a key.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What is wrong with a key to be added.</summary>
    public string AddProblem { get; init; } = "";

    /// <summary>What is wrong with the password that was asked for it.</summary>
    public string AddPasswordProblem { get; init; } = "";

    /// <summary>What is wrong with a key to be made.</summary>
    public string MakeProblem { get; init; } = "";

    /// <summary>What is wrong with the password that was asked for it.</summary>
    public string MakePasswordProblem { get; init; } = "";

    /// <summary>Whether something is.</summary>
    public bool HasProblem => (Problem + AddProblem + AddPasswordProblem + MakeProblem + MakePasswordProblem).Length > 0;

    /// <summary>Whether the form for new keys is to be open.</summary>
    public bool IsAdding => (AddProblem + AddPasswordProblem).Length > 0;

    /// <summary>Kind of the key; null for one that is not offered.</summary>
    internal ClientKeyAlgorithm? Algorithm => Kind switch
    {
        "p256" => ClientKeyAlgorithm.P256,
        "ed25519" => ClientKeyAlgorithm.Ed25519,
        "rsa" => ClientKeyAlgorithm.Rsa,
        _ => null,
    };

    internal static KeyForm Read(WebRequest request) => new()
    {
        Name = request.Field("name").Trim(),
        Address = request.Field("address") is { Length: > 0 } address ? address : request.Me.Name,
        MayPreauth = request.IsTicked("preauth"),
        Kind = request.Field("kind"),
        File = request.Field("file-kind"),
        FilePassword = request.Field("file-password"),
    };

    /// <summary>Nothing of what is secret: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(KeyForm)} {{ {Address} }}";
}
