namespace Martlet.RepositoryTests;

/// <summary>The repository's files, found from the test's own place.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, without build output.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "artifacts" or ".git"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string Name(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }
}
