using System.Globalization;
using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Martlet.Server.Observe;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Cli;

/// <summary>What localserve sets up and what it says first: one account, every port moved up, only this machine.</summary>
internal static class LocalServer
{
    /// <summary>The one account.</summary>
    public const string Address = "you@localhost";

    /// <summary>Its first password.</summary>
    public const string Password = "localserve";

    /// <summary>Its configuration.</summary>
    public static BootConfig Config(string folder, int portOffset) => new()
    {
        Hostname = "localhost",
        DataFolder = folder,
        Listeners = [.. MailProtocol.All.SelectMany(protocol => ListenAddress.Loopback(protocol, portOffset))],
    };

    /// <summary>Makes domain and account unless they are there.</summary>
    public static async Task PrepareAsync(MailStore store, HostParts parts)
    {
        if (!store.Directory.HasDomain("localhost"))
        {
            await store.Settings.AddDomainAsync("localhost");
        }

        if (store.Directory.FindAddress(Address) is null)
        {
            var encoded = await new PasswordEncoder(parts.Passwords).EncodeAsync(Password);
            var added = await store.AddAccountAsync(Address, encoded!.Hash, encoded.Secrets);
            if (added.Refusal != Refusal.None)
            {
                throw new HostException($"The account {Address} cannot be made: {added.Refusal}.");
            }
        }
    }

    /// <summary>The first lines on the terminal: what runs, how to use it, how to end it.</summary>
    /// <param name="host">The running server.</param>
    /// <param name="portOffset">What was added to the ports.</param>
    /// <param name="folder">Data folder.</param>
    /// <param name="isEphemeral">Whether the folder goes away.</param>
    /// <param name="hasFirstPassword">Whether the password is still the first one.</param>
    public static string Greeting(MailHost host, int portOffset, string folder, bool isEphemeral, bool hasFirstPassword)
    {
        string At(MailProtocol protocol) => string.Create(CultureInfo.InvariantCulture, $"localhost:{protocol.Port + portOffset}");
        var secret = hasFirstPassword ? Password : "PASSWORD";
        var port = MailProtocol.Smtp.Port + portOffset;
        return string.Create(CultureInfo.InvariantCulture, $"""
            Martlet {Versions.Program} is running, for this machine only. Mail to any address arrives in one account; none leaves.

              account   {Address}   password {(hasFirstPassword ? Password : "as you have set it")}
              send      {At(MailProtocol.Smtp)} (smtp)   {At(MailProtocol.Submission)} (submission)   {At(MailProtocol.Submissions)} (TLS)
              read      {At(MailProtocol.Imap)} (imap)   {At(MailProtocol.Imaps)} (TLS)
              pages     https://{At(MailProtocol.Https)}/
              data      {folder}{(isEphemeral ? " (removed at the end)" : "")}
              TLS       self-signed: {host.CertificatePath}

            Try it in another terminal: send a message, then read the newest.

              printf 'Subject: Hello\r\n\r\nIt works.\r\n' |
                curl -sS -T - smtp://localhost:{port} --mail-from ada@example.org --mail-rcpt {Address}
              curl -sS -u {Address}:{secret} 'imap://{At(MailProtocol.Imap)}/INBOX;MAILINDEX=*'

            Ctrl-C stops it.


            """);
    }
}
