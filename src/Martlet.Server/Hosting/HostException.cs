namespace Martlet.Server.Hosting;

/// <summary>The server cannot start or the data folder cannot be used; the message says why and what to do. Caught by the command line.</summary>
public sealed class HostException : Exception
{
    /// <summary>Makes one.</summary>
    public HostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
