namespace Martlet.Server.Tests.Imap;

/// <summary>Capabilities that a test class holds to account. <see cref="CompletenessTests"/> fails for one that no class names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CapabilityAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
