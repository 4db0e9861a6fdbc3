using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Martlet.SystemTests.Cli;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients.Logins;

/// <summary>The real binary, <c>martlet serve</c>, with an account that has a password and keys. What it logs says who got in.</summary>
internal sealed class LoginServer : IAsyncDisposable
{
    public const string Address = "alice@example.org";
    public const string Password = "correct horse";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly Channel<string> _log = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, ClientKeyFile> _keys = new(StringComparer.Ordinal);
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    private LoginServer()
    {
        var ports = FreePorts(4);
        (ImapPort, ImapsPort, SubmissionPort, SubmissionsPort) = (ports[0], ports[1], ports[2], ports[3]);
    }

    public int ImapPort { get; }

    public int ImapsPort { get; }

    public int SubmissionPort { get; }

    public int SubmissionsPort { get; }

    /// <summary>A folder for files of clients.</summary>
    public string Folder => _folder.Path;

    /// <summary>Its self-signed certificate, for <c>localhost</c>.</summary>
    public string CertificatePath => _folder["data/tls/certificate.pem"];

    /// <summary>A message to send.</summary>
    public string MessagePath => _folder["message.eml"];

    /// <summary>What the last client printed, to show when a result is not as expected.</summary>
    public string LastOutput { get; set; } = "";

    private string ConfigPath => _folder["martlet.conf"];

    /// <summary>Makes the account and starts it.</summary>
    public static async Task<LoginServer> StartAsync()
    {
        var server = new LoginServer();
        await File.WriteAllTextAsync(server.ConfigPath, $"""
            hostname localhost
            data data
            cram-md5 on
            listen imap 127.0.0.1:{server.ImapPort}
            listen imaps 127.0.0.1:{server.ImapsPort}
            listen submission 127.0.0.1:{server.SubmissionPort}
            listen submissions 127.0.0.1:{server.SubmissionsPort}

            """);
        await File.WriteAllTextAsync(server.MessagePath, $"From: <{Address}>\r\nSubject: hello\r\n\r\nhello\r\n");
        await server.AdminAsync("", "domain", "add", "example.org");
        await server.AdminAsync(Password + "\n", "account", "add", Address, "--password-stdin");
        server._process = MartletProgram.Start("serve", "--config", server.ConfigPath);
        server._reading = server.ReadLogAsync();
        await server.ReadUntilAsync(" msg=started ");
        return server;
    }

    /// <summary>A key that the account has.</summary>
    /// <param name="algorithm">As <c>openssl req -newkey</c> takes it.</param>
    /// <param name="mayPreauth">Whether it opens IMAP with PREAUTH.</param>
    public async Task<ClientKeyFile> KeyAsync(string algorithm, bool mayPreauth)
    {
        var name = string.Concat(algorithm.Where(char.IsAsciiLetterOrDigit)) + (mayPreauth ? "-preauth" : "");
        if (_keys.TryGetValue(name, out var known))
        {
            return known;
        }

        var key = new ClientKeyFile(_folder[name + ".crt"], _folder[name + ".key"], _folder[name + ".pem"]);
        var (exit, output) = await ForeignProgram.RunAsync(
            "openssl", ["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=" + name, "-keyout", key.Key, "-out", key.Certificate, "-newkey", .. algorithm.Split(' ')]);
        Assert.True(exit == 0, output);
        var certificate = await File.ReadAllTextAsync(key.Certificate);
        await File.WriteAllTextAsync(key.Both, await File.ReadAllTextAsync(key.Key) + certificate);
        await AdminAsync(certificate, ["config", "tlspubkey", "add", Address, name, .. mayPreauth ? Array.Empty<string>() : ["--no-imap-preauth"]]);
        return _keys[name] = key;
    }

    /// <summary>The lines about logins since the last call.</summary>
    public async Task<IReadOnlyList<LoginLine>> LoginsAsync()
    {
        // A connection of our own: when its end is logged, what was answered before is logged too.
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, ImapPort);
        using var reader = new StreamReader(client.GetStream());
        var greeting = await reader.ReadLineAsync() ?? "";
        await client.GetStream().WriteAsync("a LOGOUT\r\n"u8.ToArray());
        await reader.ReadToEndAsync();
        var lines = await ReadUntilAsync($"msg=\"connection closed\" cid={greeting.Split(' ')[^1]} ");
        return [.. lines.Select(LoginLine.Parse).OfType<LoginLine>()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await MartletProgram.SignalAsync(_process, "TERM");
            await _process.WaitForExitAsync().WaitAsync(Patience);
            await _reading;
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task AdminAsync(string input, params string[] arguments)
    {
        var result = await MartletProgram.RunAsync(input, [.. arguments, "--config", ConfigPath]);
        Assert.True(result.Code == 0, result.Out + result.Error);
    }

    private async Task ReadLogAsync()
    {
        while (await _process!.StandardError.ReadLineAsync() is { } line)
        {
            _log.Writer.TryWrite(line);
        }

        _log.Writer.Complete();
    }

    private async Task<List<string>> ReadUntilAsync(string text)
    {
        var lines = new List<string>();
        using var cancel = new CancellationTokenSource(Patience);
        do
        {
            lines.Add(await _log.Reader.ReadAsync(cancel.Token));
        }
        while (!lines[^1].Contains(text, StringComparison.Ordinal));
        return lines;
    }

    private static int[] FreePorts(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        try
        {
            sockets.ForEach(socket => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)));
            return [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
