using System.Net.Security;
using System.Net.Sockets;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

public sealed class ServeTests
{
    [Fact]
    public async Task A_server_is_made_before_it_first_runs_and_takes_a_new_certificate_on_SIGHUP()
    {
        using var folder = new TempFolder();
        var port = ServeProgram.FreePort();
        var config = folder["martlet.conf"];
        await File.WriteAllTextAsync(config, $"hostname mail.example.org\ndata data\nlisten imaps 127.0.0.1:{port}\n");
        Assert.Equal(new ProgramResult(0, "Mail for example.org is ours now.\n", ""), await MartletProgram.RunAsync("domain", "add", "example.org", "--config", config));

        using var server = MartletProgram.Start("serve", "--config", config);
        Assert.Contains("level=info area=host msg=listening protocol=imaps", await ServeProgram.WaitForAsync(server.StandardError, "msg=listening"), StringComparison.Ordinal);
        Assert.Contains(" msg=started version=", await ServeProgram.WaitForAsync(server.StandardError, "msg=started"), StringComparison.Ordinal);
        Assert.Equal(new ProgramResult(0, "DOMAIN       STATE  ADDRESSES  ALIASES  DETAILS  CATCH-ALL  NOTE\nexample.org  live           0        0  +        none\n", ""), await MartletProgram.RunAsync("domain", "list", "--config", config));
        var before = await ThumbprintAsync(port);

        foreach (var file in Directory.GetFiles(folder["data/tls"]))
        {
            File.Delete(file);
        }

        // Another server makes another certificate; its files are put in place of ours.
        await using (var other = await LocalProgram.StartAsync("--data", folder["other"]))
        {
            File.Copy(folder["other/tls/key.pem"], folder["data/tls/key.pem"]);
            File.Copy(folder["other/tls/certificate.pem"], folder["data/tls/certificate.pem"]);
        }

        await MartletProgram.SignalAsync(server, "HUP");
        await ServeProgram.WaitForAsync(server.StandardError, "certificate reloaded");
        Assert.NotEqual(before, await ThumbprintAsync(port));

        await MartletProgram.SignalAsync(server, "TERM");
        Assert.Contains(" msg=stopped", await ServeProgram.WaitForAsync(server.StandardError, "msg=stopped "), StringComparison.Ordinal);
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task A_wrong_configuration_is_shown_with_all_its_lines()
    {
        using var folder = new TempFolder();
        var config = folder["martlet.conf"];
        await File.WriteAllTextAsync(config, "hostname mail.example.org\nlisten pop3\ndata data\nlimit connections 0\n");
        var problems = $"{config}:2: 'pop3' is not a protocol; there are smtp, submissions, submission, imap, imaps, https, http, admin, metrics.\n{config}:4: '0' is not a number from 1 to 1000000.\n";

        Assert.Equal(new ProgramResult(1, "", problems), await MartletProgram.RunAsync("config", "test", "--config", config));
        Assert.Equal(
            new ProgramResult(2, "", $"martlet serve: the configuration is not right:\n{problems}More: martlet serve --help\n"),
            await MartletProgram.RunAsync("serve", "--config", config));
    }

    [Fact]
    public async Task A_right_configuration_is_shown_as_it_is_understood()
    {
        using var folder = new TempFolder();
        var config = folder["martlet.conf"];
        await File.WriteAllTextAsync(config, "hostname mail.example.org\ndata data\nlisten imaps\nlisten smtp 192.0.2.1\n");

        Assert.Equal(
            new ProgramResult(0, $"{config} is right.\n  mail.example.org, data in {folder["data"]}, self-signed certificate\n"
                + "  imaps        0.0.0.0:993 [::]:993\n  smtp         192.0.2.1:25\n", ""),
            await MartletProgram.RunAsync("config", "test", "--config", config));
        await File.AppendAllTextAsync(config, "tls nosuch.pem nosuch.key\n");
        var missing = await MartletProgram.RunAsync("config", "test", "--config", config);
        Assert.Equal((1, ""), (missing.Code, missing.Out));
        Assert.StartsWith($"{config}: the certificate {folder["nosuch.pem"]} with key {folder["nosuch.key"]} cannot be used: ", missing.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ThumbprintAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("mail.example.org");
        return tls.RemoteCertificate!.GetCertHashString();
    }
}
