namespace Martlet.Server.Imap;

/// <summary>The peer broke the protocol so that its further bytes cannot be told apart: the session says BYE and ends.</summary>
internal sealed class ProtocolException(string? code, string message) : Exception(message)
{
    /// <summary>Response code of the BYE, or null.</summary>
    public string? Code => code;
}
