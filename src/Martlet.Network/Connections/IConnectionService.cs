namespace Martlet.Network.Connections;

/// <summary>A protocol as the listener sees it.</summary>
public interface IConnectionService
{
    /// <summary>Short name for logs: imap, smtp, submission.</summary>
    string Name { get; }

    /// <summary>What a peer is told, with CRLF, when there are too many connections (<c>421</c>, <c>* BYE</c>).</summary>
    ReadOnlyMemory<byte> TooManyConnections { get; }

    /// <summary>Speaks with one peer until the end. The connection is disposed by the listener.</summary>
    Task RunAsync(Connection connection);
}
