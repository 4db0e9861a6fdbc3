namespace Martlet.Fuzz.Targets;

/// <summary>How a target says that a property does not hold.</summary>
internal static class Target
{
    public static void That(bool holds, string property)
    {
        if (!holds)
        {
            throw new InvalidOperationException(property);
        }
    }
}
