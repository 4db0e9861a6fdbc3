using Martlet.Network.Connections;
using Martlet.Server.Config;
namespace Martlet.Cli;
internal sealed class NotYetService(MailProtocol protocol) : IConnectionService
{
    public string Name => protocol.Name;
    public ReadOnlyMemory<byte> TooManyConnections => default;
    public async Task RunAsync(Connection connection)
    {
        connection.Write("421 not yet\r\n");
        await connection.FlushAsync();
        try { await connection.FillAsync(); } catch (OperationCanceledException) { connection.Write("421 bye\r\n"); await connection.FlushAsync(); }
    }
}
