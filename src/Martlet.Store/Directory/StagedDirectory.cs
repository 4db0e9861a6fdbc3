namespace Martlet.Store.Directory;

/// <summary>The directory as the operations of the running batch have left it so far.</summary>
internal sealed class StagedDirectory(DirectoryState contents)
{
    /// <summary>With this batch's changes.</summary>
    public DirectoryState Contents { get; private set; } = contents;

    /// <summary>Whether something changed.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Goes back to what it was before changes that are not made after all.</summary>
    public void Restore(DirectoryState state, bool isTouched) => (Contents, IsTouched) = (state, isTouched);

    public void Update(DirectoryState state)
    {
        Contents = state;
        IsTouched = true;
    }
}
