namespace Martlet.Load.Server;

/// <summary>A server that takes its turn in a run: Martlet, or a peer that <c>--peer</c> names.</summary>
/// <param name="Name">As the columns call it.</param>
/// <param name="Folder">Its data; made by this run.</param>
/// <param name="StartWithAsync">Starts it on that folder; told whether it may leave the disk's flushes out.</param>
internal sealed record Contestant(string Name, string Folder, Func<bool, Task<IImapServer>> StartWithAsync)
{
    public bool IsMartlet => Name == "Martlet";

    /// <summary>Starts it for figures.</summary>
    public Task<IImapServer> StartAsync() => StartWithAsync(false);

    /// <summary>Starts it to be filled: without flushes where it can do without.</summary>
    public Task<IImapServer> StartToFillAsync() => StartWithAsync(true);

    /// <summary>Martlet, and then the peers in the order of the command line.</summary>
    public static List<Contestant> All(Arguments arguments, string folder, int users)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "martlet")).FullName;
        List<Contestant> all = [new("Martlet", own, async _ => await ServerProcess.StartAsync(arguments, own, users))];
        foreach (var peer in arguments.Texts("peer").SelectMany(text => text.Split(',')))
        {
            var format = peer switch
            {
                "dovecot-sdbox" => "sdbox",
                "dovecot-mdbox" => "mdbox",
                _ => throw new UsageException($"--peer takes dovecot-sdbox and dovecot-mdbox, not {peer}."),
            };
            var program = DovecotServer.Find();
            var home = Directory.CreateDirectory(Path.Combine(folder, format)).FullName;
            all.Add(new(format, home, async isFilling => await DovecotServer.StartAsync(program, home, format, isFilling)));
        }

        return all;
    }

    /// <summary>The contestants for one round: each round begins with another one, so that none always runs after the same neighbour.</summary>
    public static IEnumerable<int> Turns(int count, int round) => Enumerable.Range(0, count).Select(i => (i + round) % count);
}
