using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Clients;
using Martlet.Network.Smtp;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Server.Sendmail;

/// <summary>What became of a message for one recipient.</summary>
internal sealed record Submitted(EmailAddress Recipient, SendOutcome Outcome, string Reason)
{
    /// <summary>The server said that there is no such recipient (RFC 3463 §3.2, X.1.x).</summary>
    public bool IsUnknown { get; init; }
}

/// <summary>Hands messages to the server of the configuration, over one connection as long as it holds.</summary>
internal sealed class Submitter(SendmailConfig config, SendmailContext context) : IAsyncDisposable
{
    private SmtpClient? _client;
    private ClientIdentity? _identity;
    private X509Certificate2? _serverCertificate;

    /// <summary>Why no connection could be made or used; then nothing else need be tried now. Null as long as all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The server did not let us in.</summary>
    public bool IsLoginRefused { get; private set; }

    /// <summary>Sends one message.</summary>
    /// <returns>A result for each recipient; trouble with the server is for later.</returns>
    /// <exception cref="SendmailConfigException">A file that the configuration names cannot be used.</exception>
    public async Task<IReadOnlyList<Submitted>> SendAsync(UnsentMail mail, CancellationToken cancel)
    {
        List<Submitted> results = [];
        try
        {
            var client = _client ??= await ConnectAsync(cancel);
            var content = new MemoryStream(mail.Message, writable: false);
            var traits = await OutgoingMail.ReadTraitsAsync(content, cancel);
            var most = Math.Min(client.Capabilities.RecipientsMax ?? int.MaxValue, SendmailLimits.RecipientsPerTransaction);
            foreach (var group in mail.Recipients.Chunk(most))
            {
                content.Position = 0;
                var sent = await client.SendAsync(new OutgoingMail(mail.From, [.. group.Select(static to => new ForwardPath(to))], content, traits), cancel);
                results.AddRange(sent.Recipients.Zip(group, static (one, to) => new Submitted(to, one.Outcome, one.Reason) { IsUnknown = one.Reply?.Status is { Subject: 1 } }));
            }
        }
        catch (SmtpException e)
        {
            Trouble = e.Message;
            results.AddRange(mail.Recipients.Skip(results.Count).Select(to => new Submitted(to, SendOutcome.Later, e.Message)));
        }

        return results;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_client?.QuitAsync() ?? Task.CompletedTask);
        _identity?.Dispose();
        _serverCertificate?.Dispose();
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancel)
    {
        _identity ??= config.KeyFile is { } key ? Use(key, static text => ClientIdentity.FromPem(text)) : null;
        _serverCertificate ??= config.ServerCertificateFile is { } file ? Use(file, static text => X509Certificate2.CreateFromPem(text)) : null;
        var password = config.PasswordFile is { } secret ? Use(secret, static text => text.Split('\n')[0].TrimEnd('\r')) : config.Password;
        var client = await SmtpClient.ConnectAsync(Options(), cancel);
        try
        {
            await LogInAsync(client, password, cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private SmtpClientOptions Options() => new(config.Host, config.EffectivePort)
    {
        Security = config.Security,
        HelloName = SmtpCommands.IsHelloName(context.HostName) ? context.HostName : "[127.0.0.1]",
        ClientIdentity = _identity,
        ServerCertificateValidation = _serverCertificate is { } expected ? IsExpected(expected) : null,
        Time = context.Time,
        Limits = SmtpClientLimits.Default with
        {
            ConnectTime = config.Timeout,
            GreetingTime = config.Timeout,
            CommandTime = config.Timeout,
            DataStartTime = config.Timeout,
            DataBlockTime = config.Timeout,
            // RFC 5321 §4.5.3.2.6: a client that does not wait for this one makes duplicates.
            DataEndTime = config.Timeout > SmtpClientLimits.Default.DataEndTime ? config.Timeout : SmtpClientLimits.Default.DataEndTime,
        },
    };

    private static RemoteCertificateValidationCallback IsExpected(X509Certificate2 expected) =>
        (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawDataMemory.Span);

    // Without a password, a key that the server knows by the handshake alone needs no AUTH.
    private async Task LogInAsync(SmtpClient client, string? password, CancellationToken cancel)
    {
        if (password is null && (_identity is null || !client.Capabilities.Mechanisms.Contains(External.Name)))
        {
            return;
        }

        var login = await client.AuthenticateAsync(
            new LoginCredentials
            {
                Username = config.Address?.ToString() ?? "",
                Password = password,
                // One certificate and no other, or a server on this machine (the configuration sees to that).
                IsServerTrusted = _serverCertificate is not null || config.Security == SmtpSecurity.None,
                StrongestBefore = config.Mechanism,
            },
            cancel);
        IsLoginRefused = !login.IsLoggedIn;
        if (!login.IsLoggedIn)
        {
            throw new SmtpException(SmtpFailure.Connection, $"The server did not let us in: {login.Reason}");
        }
    }

    private static T Use<T>(string path, Func<string, T> read)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > SendmailLimits.SecretFileBytesMax }
                ? throw new SendmailConfigException($"{path} is too large for a key, certificate or password.")
                : read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SendmailConfigException($"{path} cannot be used: {e.Message}");
        }
    }
}

/// <summary>A file that the configuration names cannot be used. Caught by <see cref="SendmailProgram"/>.</summary>
internal sealed class SendmailConfigException(string message) : Exception(message);
