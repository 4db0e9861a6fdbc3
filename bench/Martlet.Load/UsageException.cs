namespace Martlet.Load;

/// <summary>The command line is not understood, or the run cannot be made; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
