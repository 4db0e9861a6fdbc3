using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Connections;
using Martlet.Network.Imap;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Server.Tests.Imap.Client;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>Channel bindings against other implementations: both ends must see the same bytes, or nothing.</summary>
public sealed class ChannelBindingTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TlsListener.MakeCertificate();

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Tls_exporter_is_what_openssl_exports(string option)
    {
        await using var server = Serve();
        var told = await OpenSslTool.ConnectAsync(server.EndPoint, option, "-keymatexport", "EXPORTER-Channel-Binding", "-keymatexportlen", "32");
        var theirs = After(told, "Keying material: ");
        Assert.Equal(theirs, Told(told, ChannelBindings.ExporterName));
        Assert.Equal(64, theirs.Length);
    }

    [Fact]
    public async Task Tls_unique_is_what_Python_has_and_only_before_TLS_1_3()
    {
        const string Program = """
            import socket, ssl, sys
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.maximum_version = context.minimum_version = ssl.TLSVersion[sys.argv[2]]
            with context.wrap_socket(socket.create_connection(("127.0.0.1", int(sys.argv[1])))) as tls:
                mine, data = tls.get_channel_binding("tls-unique").hex().upper(), b""
                while (part := tls.recv(4096)):
                    data += part
                print(data.decode() + "python=" + mine)
            """;
        await using var server = Serve();
        var port = server.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var older = await OpenSslTool.PythonAsync(Program, port, "TLSv1_2");
        Assert.Equal(Told(older, "python"), Told(older, ChannelBindings.UniqueName));
        Assert.NotEmpty(Told(older, "python"));
        var newer = await OpenSslTool.PythonAsync(Program, port, "TLSv1_3");
        Assert.Equal("none", Told(newer, ChannelBindings.UniqueName));
        Assert.NotEqual("none", Told(newer, ChannelBindings.ExporterName));
    }

    [Fact]
    public async Task Without_extended_master_secret_only_the_certificate_is_bound_to()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["openssl.cnf"], "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nOptions = -ExtendedMasterSecret\n");
        await using var server = Serve();
        var told = await OpenSslTool.ConnectWithAsync(server.EndPoint, new() { ["OPENSSL_CONF"] = folder["openssl.cnf"] }, "-tls1_2");
        Assert.Contains("Extended master secret: no", told, StringComparison.Ordinal);
        Assert.Equal("none", Told(told, ChannelBindings.ExporterName));
        Assert.Equal("none", Told(told, ChannelBindings.UniqueName));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(_certificate.RawData)), Told(told, ChannelBindings.ServerEndPointName));
    }

    /// <summary>Also when the client has a certificate: the runtime's own value is the hash of that one.</summary>
    [Theory]
    [InlineData("MD5", "SHA256")]
    [InlineData("SHA1", "SHA256")]
    [InlineData("SHA256", "SHA256")]
    [InlineData("SHA384", "SHA384")]
    [InlineData("SHA512", "SHA512")]
    public async Task Tls_server_end_point_is_the_hash_of_the_certificate_served(string signature, string hash)
    {
        using var certificate = signature is "MD5" or "SHA1" ? MakeOldCertificate(signature) : TlsListener.MakeCertificate(new HashAlgorithmName(signature));
        using var mine = TlsListener.MakeCertificate();
        var expected = Convert.ToHexString(CryptographicOperations.HashData(new HashAlgorithmName(hash), certificate.RawData));
        await using var server = new TlsListener(new TlsSource(certificate), TellBindingsAsync, asksForClientKey: true);
        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            Assert.Equal(expected, Told(await ReadAsync(server, version, mine), ChannelBindings.ServerEndPointName));
        }
    }

    [Fact]
    public async Task A_certificate_signed_with_RSA_PSS_has_no_end_point()
    {
        using var rsa = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var server = new TlsListener(new TlsSource(certificate), TellBindingsAsync);
        Assert.Equal("none", Told(await ReadAsync(server, SslProtocols.Tls13, mine: null), ChannelBindings.ServerEndPointName));
    }

    [Fact]
    public async Task After_another_certificate_is_in_use_a_connection_is_bound_to_the_one_it_was_served()
    {
        using var next = TlsListener.MakeCertificate();
        var tls = new TlsSource(_certificate);
        await using var server = new TlsListener(tls, async connection =>
        {
            tls.Use(next);
            await TellBindingsAsync(connection);
        });
        Assert.Equal(Convert.ToHexString(SHA256.HashData(_certificate.RawData)), Told(await ReadAsync(server, SslProtocols.Tls13, mine: null), ChannelBindings.ServerEndPointName));
    }

    [Fact]
    public async Task The_IMAP_client_has_the_bindings_of_the_server()
    {
        var seen = new TaskCompletionSource<ChannelBindings>();
        await using var server = new TlsListener(new TlsSource(_certificate), async connection =>
        {
            seen.SetResult(connection.Bindings);
            connection.Write("* OK [CAPABILITY IMAP4rev1] hello\r\n");
            await connection.FlushAsync();
            await connection.FillAsync();
        });
        await using var client = await ImapClient.ConnectAsync(
            new ImapClientOptions("127.0.0.1", server.EndPoint.Port) { ServerCertificateValidation = (_, _, _, _) => true });
        var mine = client.Bindings;
        var theirs = await seen.Task;
        Assert.Equal(32, mine.Exporter!.Value.Length);
        Assert.True(mine.Exporter.Value.Span.SequenceEqual(theirs.Exporter!.Value.Span));
        Assert.True(mine.ServerEndPoint!.Value.Span.SequenceEqual(theirs.ServerEndPoint!.Value.Span));
        Assert.Null(mine.Unique);
    }

    [Fact]
    public Task In_the_clear_there_is_nothing_to_bind_to() => FakeServer.RunAsync(_ => Task.CompletedTask, client =>
    {
        Assert.True(client.Bindings.IsEmpty);
        return Task.CompletedTask;
    });

    /// <summary>Says that it is signed with an algorithm that nobody signs with any more; the signature is of another one, which no server checks.</summary>
    private static X509Certificate2 MakeOldCertificate(string hash)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = TlsListener.MakeCertificate(rsa: rsa);
        var bytes = certificate.RawData;
        ReadOnlySpan<byte> sha256WithRsa = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
        for (int at; (at = bytes.AsSpan().IndexOf(sha256WithRsa)) >= 0;)
        {
            bytes[at + 8] = hash == "MD5" ? (byte)4 : (byte)5;
        }

        using var old = X509CertificateLoader.LoadCertificate(bytes);
        return old.CopyWithPrivateKey(rsa);
    }

    private TlsListener Serve() => new(new TlsSource(_certificate), TellBindingsAsync);

    private static async Task TellBindingsAsync(Connection connection)
    {
        foreach (var name in new[] { ChannelBindings.ExporterName, ChannelBindings.ServerEndPointName, ChannelBindings.UniqueName })
        {
            connection.Write($"{name}={(connection.Bindings.Find(name) is { } bytes ? Convert.ToHexString(bytes.Span) : "none")}\r\n");
        }

        await connection.FlushAsync();
        connection.End(EndReason.Logout);
    }

    private static string Told(string text, string name) => After(text, name + "=");

    /// <summary>The rest of the line.</summary>
    private static string After(string text, string start)
    {
        var at = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(at >= 0, $"No \"{start}\" in: {text}");
        return text[(at + start.Length)..].Split('\r', '\n')[0];
    }

    private static async Task<string> ReadAsync(TlsListener server, SslProtocols version, X509Certificate2? mine)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.EndPoint.Port);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            ClientCertificates = mine is null ? null : [mine],
        });
        using var reader = new StreamReader(tls);
        return await reader.ReadToEndAsync();
    }
}
