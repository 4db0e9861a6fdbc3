using System.Text;
using Martlet.Network.Tls;
using Martlet.Protocols.Smtp;
using Martlet.Server.Autoconfig;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;

namespace Martlet.Web.Account;

/// <summary>Keys that the server makes for somebody. The private key goes out with the answer and is kept nowhere: who loses the file makes another key.</summary>
internal static class MadeKeys
{
    private const string Pkcs12Type = "application/x-pkcs12";
    private const int FilePasswordCharsMin = 4;
    private const int FilePasswordCharsMax = 200;

    // An RSA key takes a core a second or so: one after the other, or a user could have them all.
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Why no key is made, or null.</summary>
    public static string? Problem(KeyForm form) => form switch
    {
        { Name.Length: 0 or > ClientKeyFiles.NameLengthMax } => $"Give the key a name of 1 to {ClientKeyFiles.NameLengthMax} characters, such as the device it is for.",
        _ when !ClientKeyPem.IsPrintable(form.Name) => "The name of a key is one line of letters, digits and signs.",
        { Algorithm: null } => "Choose one of the kinds of keys.",
        { File: not ("p12" or "apple" or "pem") } => "Choose one of the kinds of files.",
        { File: "pem" } => null,
        { FilePassword.Length: < FilePasswordCharsMin or > FilePasswordCharsMax } => $"Give the file a password of {FilePasswordCharsMin} to {FilePasswordCharsMax} characters; it is asked for when the file is opened.",
        _ when form.FilePassword.AsSpan().ContainsAnyExceptInRange(' ', '~') => "The file's password has ASCII letters, digits and signs only: programs disagree about others.",
        _ => null,
    };

    /// <summary>Makes a key.</summary>
    public static async Task<ClientKeyFiles> MakeAsync(KeyForm form, DateTimeOffset now, CancellationToken cancel)
    {
        await One.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => ClientKeyFiles.Make(form.Algorithm!.Value, form.Name, form.FilePassword, now), cancel);
        }
        finally
        {
            One.Release();
        }
    }

    /// <summary>The file with it.</summary>
    /// <param name="form">What was asked for.</param>
    /// <param name="made">The key.</param>
    /// <param name="services">For the settings that a profile brings along.</param>
    public static WebReply File(KeyForm form, ClientKeyFiles made, WebServices services) => form.File switch
    {
        "p12" => WebReply.File(Pkcs12Type, FileName(form.Name) + ".p12", made.Pkcs12),
        "apple" when Profile(form, made, services) is { } profile => WebReply.File(AppleProfile.ContentType, FileName(form.Name) + ".mobileconfig", Encoding.UTF8.GetBytes(profile)),
        // A server without ways to read and send has no profile.
        "apple" => WebReply.File(Pkcs12Type, FileName(form.Name) + ".p12", made.Pkcs12),
        _ => WebReply.File("application/x-pem-file", FileName(form.Name) + ".pem", Encoding.ASCII.GetBytes(made.CombinedPem)),
    };

    private static string? Profile(KeyForm form, ClientKeyFiles made, WebServices services) => EmailAddress.TryParse(form.Address, out var address)
        ? AppleProfile.Write(
            ClientSettings.Of(services.Config), address, services.Store.Directory.FindAddress(form.Address)?.DisplayName ?? "", new AppleProfileKey(FileName(form.Name) + ".p12", made.Pkcs12))
        : null;

    private static string FileName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return safe.Length == 0 ? "key" : safe;
    }
}
