namespace Martlet.SystemTests.Clients.Logins;

/// <summary>A client program, and how it is told to log in.</summary>
/// <param name="Name">As the page names it, one word.</param>
/// <param name="Program">What must be installed; empty when it is part of these tests.</param>
/// <param name="Version">Asks for its version.</param>
/// <param name="Try">Tries a login; false when the client has no way to ask for it.</param>
/// <param name="Note">For the page: what it cannot do, and why.</param>
internal sealed record LoginClient(string Name, string Program, Func<Task<string>> Version, Func<LoginTry, Task<bool>> Try, string Note)
{
    /// <summary>Kinds of key that it shows one after the other; only the first client tries all, since the server sees no difference.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [EllipticKey];

    /// <summary>Names under which the log may have a mechanism that the client was told to use.</summary>
    public Func<string, string> NameInLog { get; init; } = mechanism => mechanism;

    /// <summary>P-256, as <c>openssl req -newkey</c> takes it.</summary>
    public const string EllipticKey = "ec -pkeyopt ec_paramgen_curve:P-256";

    /// <summary>Path of the program; null when it is not installed.</summary>
    public string? FindProgram() => Program.Length == 0 ? "" : Find(Program);

    /// <summary>Path of a program, which may be where Cyrus keeps its own.</summary>
    public static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/lib/cyrus/bin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
