using System.Net;
using System.Text;
using Martlet.Server.Admin;
using Martlet.Server.Autoconfig;
using Martlet.Server.Config;
using Martlet.Server.Control;
using Martlet.Server.Hosting;
using Martlet.Server.Setup;

namespace Martlet.Cli.Setup;

/// <summary>
/// Carries out a plan. Each step looks first whether its thing is there and leaves it as it is then: after an interruption the same command goes on where the first
/// one stopped.
/// </summary>
/// <param name="plan">What to make.</param>
/// <param name="show">Gets each step when it is done, with its password: what happens later must not lose it.</param>
internal sealed class QuickstartRun(QuickstartPlan plan, Action<QuickstartStep> show)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The first one; others are made with martlet admin add.
    private const string Administrator = "admin";

    private readonly List<QuickstartStep> _steps = [];
    private readonly List<string> _warnings = [];
    private string? _refusal;

    /// <summary>Says what would be made. Reads, changes nothing.</summary>
    /// <exception cref="UsageException">The configuration file that is there is wrong.</exception>
    public QuickstartReport Preview()
    {
        var config = File.Exists(plan.ConfigPath) ? ConfigFile.Read(plan.ConfigPath) : Parse(plan.ConfigText);
        PreviewFile(plan.ConfigPath, plan.ConfigText);
        PreviewFile(plan.UnitPath, plan.UnitText(config.DataFolder));
        Add(Directory.Exists(config.DataFolder) ? "there" : "planned", "folder", config.DataFolder);
        Add("planned", "domain", plan.First.Domain);
        Add("planned", "account", plan.First.Address);
        Add("planned", "postmaster", plan.First.Address);
        Add("planned", "administrator", Administrator);
        return Report("Nothing was changed.") with { DnsRecords = Records(config) };
    }

    /// <summary>Makes what is not there.</summary>
    /// <param name="checks">Whether to look at ports and ask DNS.</param>
    /// <param name="cancel">Stops it between steps.</param>
    /// <exception cref="UsageException">The configuration file that is there is wrong.</exception>
    /// <exception cref="HostException">The user is missing, or the data folder cannot be used.</exception>
    public async Task<QuickstartReport> RunAsync(bool checks, CancellationToken cancel)
    {
        var user = UnixUser.IsRoot && plan.User != "root" ? FindUser() : null;
        Directory.CreateDirectory(plan.Folder);
        MakeFile(plan.ConfigPath, plan.ConfigText);
        var config = ConfigFile.Read(plan.ConfigPath);
        if (config.Hostname != plan.Hostname)
        {
            _warnings.Add($"{plan.ConfigPath} says hostname {config.Hostname}, which stays; change it there if it is to be {plan.Hostname}.");
        }

        MakeUnit(config);
        MakeDataFolder(config.DataFolder, user);
        // From here on everything is made by the user whose it is.
        user?.Become();
        await using (var channel = await AdminLink.OpenAsync(new ServerTarget(config, MayBeNew: true), cancel))
        {
            await FillAsync(channel, cancel);
            if (checks && channel is not ControlClient)
            {
                _warnings.AddRange(SetupChecks.Ports(config));
            }
        }

        if (checks && await SetupChecks.HostnameAsync(config.Hostname, Addresses(config), (name, token) => Dns.GetHostAddressesAsync(name, token), TimeProvider.System) is { } warning)
        {
            _warnings.Add(warning);
        }

        return Report(_refusal ?? $"Martlet for {plan.First.Domain} is set up; it is not started.") with { DnsRecords = Records(config), ClientSettings = Ways(ClientSettings.Of(config)), Pages = [.. Pages(config)], Next = _refusal is null ? Next() : [] };
    }

    private async Task FillAsync(IAdminChannel channel, CancellationToken cancel)
    {
        var domains = (await channel.RunAsync(new ListDomains(), cancel)).Domains ?? [];
        await StepAsync(channel, "domain", plan.First.Domain, domains.Any(known => known.Name == plan.First.Domain), _ => new AddDomain(plan.First.Domain), cancel);
        var addresses = (await channel.RunAsync(new ListAddresses(), cancel)).Addresses ?? [];
        await StepAsync(
            channel, "account", plan.First.Address, addresses.Any(known => known.Address == plan.First.Address), password => new AddAccount(plan.First.Address, password), cancel,
            hasPassword: true);
        var settings = (await channel.RunAsync(new ShowSettings(), cancel)).Settings;
        await StepAsync(
            channel, "postmaster", settings?.Postmaster ?? plan.First.Address, settings?.Postmaster is not null, _ => new ChangeSettings { Postmaster = plan.First.Address }, cancel);
        // Whoever is administrator already can make others.
        var administrators = (await channel.RunAsync(new ListAdministrators(), cancel)).Administrators ?? [];
        await StepAsync(
            channel, "administrator", administrators.Count > 0 ? administrators[0].Name : Administrator, administrators.Count > 0,
            password => new SetAdministrator(Administrator, password) { MustBeNew = true }, cancel, hasPassword: true);
    }

    private async Task StepAsync(
        IAdminChannel channel, string what, string name, bool isThere, Func<string, AdminRequest> make, CancellationToken cancel, bool hasPassword = false)
    {
        if (isThere || _refusal is not null)
        {
            if (isThere)
            {
                Add("there", what, name);
            }

            return;
        }

        var password = PasswordOptions.Generate();
        var reply = await channel.RunAsync(make(password), cancel);
        if (reply.Status == AdminStatus.Done)
        {
            Add("made", what, name, hasPassword ? password : null);
        }
        else
        {
            _refusal = reply.Text;
        }
    }

    private UnixUser FindUser() => UnixUser.Find(plan.User) ?? throw new HostException(
        $"There is no user {plan.User} that the server could run as. Make it, then run this again:\n"
        + $"  useradd --system --user-group --no-create-home --home-dir {plan.DataFolder} --shell /usr/sbin/nologin {plan.User}");

    private void MakeUnit(BootConfig config)
    {
        var text = plan.UnitText(config.DataFolder);
        if (!plan.IsSystemUnit || Directory.Exists(Path.GetDirectoryName(plan.UnitPath)))
        {
            MakeFile(plan.UnitPath, text);
        }
        else
        {
            _warnings.Add($"There is no systemd on this machine ({Path.GetDirectoryName(plan.UnitPath)} is missing); no unit was written.");
        }

        if (plan.User == "root")
        {
            _warnings.Add("The unit runs the server as root; it should have a user of its own, --user NAME.");
        }
    }

    private void MakeDataFolder(string path, UnixUser? user)
    {
        if (Directory.Exists(path))
        {
            Add("there", "folder", path);
            return;
        }

        if (Path.GetDirectoryName(path) is { } above)
        {
            Directory.CreateDirectory(above);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
            user?.Give(path);
        }

        Add("made", "folder", path);
    }

    private void MakeFile(string path, string text)
    {
        if (Path.Exists(path))
        {
            Add("there", "file", path);
            return;
        }

        using var files = new NewFiles();
        files.Write(path, Encoding.UTF8.GetBytes(text), isSecret: false);
        files.Keep();
        Add("made", "file", path);
    }

    private void PreviewFile(string path, string text)
    {
        var step = new QuickstartStep(Path.Exists(path) ? "there" : "planned", "file", path);
        Add(step.State == "there" ? step : step with { Content = text });
    }

    private void Add(string state, string what, string name, string? password = null) => Add(new QuickstartStep(state, what, name) { Password = password });

    private void Add(QuickstartStep step)
    {
        _steps.Add(step);
        show(step);
    }

    private BootConfig Parse(string text) => ConfigParser.Parse(text, plan.Folder).Config ?? throw new UsageException($"'{plan.DataFolder}' cannot be written into a configuration file.");

    private IReadOnlyList<IPAddress> Addresses(BootConfig config) => plan.Addresses.Count > 0 ? plan.Addresses : HostAddresses.Find(config);

    private IReadOnlyList<DnsRecord> Records(BootConfig config) =>
        DnsRecords.For(plan.First.Domain, ClientSettings.Of(config), Addresses(config));

    private static IEnumerable<ClientPage> Pages(BootConfig config)
    {
        if (ClientSettings.Of(config).HttpsPort is { } port)
        {
            yield return new ClientPage("users", Urls.Https(config.Hostname, port) + "/");
        }

        if (config.Listeners.FirstOrDefault(listener => listener.Protocol == MailProtocol.Admin) is { } admin)
        {
            yield return new ClientPage("administrators", Urls.Https(IPAddress.IsLoopback(admin.EndPoint.Address) ? "localhost" : config.Hostname, admin.EndPoint.Port) + "/");
        }
    }

    // The best of each; STARTTLS is for programs that know no better.
    private static ClientWay[] Ways(ClientSettings settings) =>
        [.. settings.Reading.Take(1).Select(way => Way("read", way)), .. settings.Sending.Take(1).Select(way => Way("send", way))];

    private static ClientWay Way(string what, ClientService way) => new(what, way.Protocol.Name, way.Hostname, way.Port, way.Security);

    private string[] Next() => plan.IsSystemUnit && Directory.Exists("/run/systemd/system")
        ? ["systemctl daemon-reload", "systemctl enable --now martlet", "journalctl -u martlet"]
        : [$"{plan.Command} serve --config {plan.ConfigPath}"];

    private QuickstartReport Report(string text) => new() { Status = _refusal is null ? "done" : "refused", Text = text, Steps = _steps, Warnings = _warnings };
}
