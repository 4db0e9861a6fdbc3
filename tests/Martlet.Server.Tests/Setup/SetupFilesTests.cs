using System.Diagnostics;
using System.Globalization;
using Martlet.Server.Config;
using Martlet.Server.Setup;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Setup;

/// <summary>The files that quickstart writes, as their readers read them.</summary>
public sealed class SetupFilesTests
{
    [Theory]
    [InlineData("/var/lib/martlet")]
    [InlineData("/srv/my \"mail\" \\ #1/data\\")]
    public void The_configuration_reads_back_as_it_was_meant(string data)
    {
        var plain = ConfigParser.Parse(BootFile.Write("mail.example.org", data, tls: null), "/etc/martlet");
        Assert.Empty(plain.Problems);
        Assert.Equal(("mail.example.org", data, null), (plain.Config!.Hostname, plain.Config.DataFolder, plain.Config.Tls));
        Assert.Equal(BootConfig.StandardListeners, plain.Config.Listeners);

        var tls = new TlsFiles("/etc/ssl/my cert.pem", "/etc/ssl/key.pem");
        Assert.Equal(tls, ConfigParser.Parse(BootFile.Write("mail.example.org", data, tls), "/etc/martlet").Config!.Tls);
    }

    [Fact]
    public void Every_line_of_the_configuration_fits_80_columns() =>
        Assert.All(BootFile.Write("mail.example.org", "/var/lib/martlet", tls: null).Split('\n').Where(line => !line.StartsWith("#tls", StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void The_unit_gives_one_right_and_one_folder()
    {
        var lines = Unit().Write().Split('\n');

        Assert.Contains("ExecStart=/usr/local/bin/martlet serve --config /etc/martlet/martlet.conf", lines);
        Assert.Contains("User=martlet", lines);
        Assert.Contains("ReadWritePaths=/var/lib/martlet", lines);
        Assert.Contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE", lines);
        Assert.Contains("ProtectHome=yes", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Environment", StringComparison.Ordinal) || line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_with_spaces_and_signs_are_quoted_for_systemd()
    {
        var text = (Unit() with { ConfigPath = "/home/ada/my $mail 100%/martlet.conf", DataFolder = "/home/ada/my $mail 100%/data", RuntimeFolder = "/opt/dot net" }).Write();

        Assert.Contains("ExecStart=/usr/local/bin/martlet serve --config \"/home/ada/my $$mail 100%%/martlet.conf\"\n", text, StringComparison.Ordinal);
        Assert.Contains("ReadWritePaths=\"/home/ada/my $mail 100%%/data\"\n", text, StringComparison.Ordinal);
        Assert.Contains("Environment=\"DOTNET_ROOT=/opt/dot net\"\n", text, StringComparison.Ordinal);
        Assert.Contains("ProtectHome=read-only\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_takes_the_unit_and_rates_it_as_little_exposed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed.");
        using var folder = new TempFolder();
        var path = folder["martlet.service"];
        // A program that is there: verify looks for it.
        await File.WriteAllTextAsync(path, (Unit() with { Program = ["/bin/true"] }).Write());

        var verify = await RunAsync("systemd-analyze", "verify", "--man=no", path);
        // Of the machine's other units it may say what it likes.
        Assert.DoesNotContain("martlet.service", verify, StringComparison.Ordinal);
        var security = await RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", path);
        var line = security.Split('\n').Single(text => text.Contains("Overall exposure level for martlet.service", StringComparison.Ordinal));
        var exposure = decimal.Parse(line.Split(": ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(exposure < 3, line);
    }

    private static SystemdUnit Unit() => new()
    {
        Program = ["/usr/local/bin/martlet"],
        ConfigPath = "/etc/martlet/martlet.conf",
        DataFolder = "/var/lib/martlet",
        User = "martlet",
    };

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return await output + await error;
    }
}
