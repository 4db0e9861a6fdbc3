namespace Martlet.Server.Tests.Imap;

/// <summary>Commands that a test class holds to account. <see cref="CommandTableTests"/> fails for one that no class names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CommandsAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
