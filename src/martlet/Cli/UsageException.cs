namespace Martlet.Cli;

/// <summary>The command line is wrong in a way its parser cannot see. Caught by <see cref="CommandTree"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
