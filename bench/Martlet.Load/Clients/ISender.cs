namespace Martlet.Load.Clients;

/// <summary>One connection that puts messages into a server, one after the other.</summary>
internal interface ISender : IDisposable
{
    /// <summary>Sends one message; done when the server has said that it is kept.</summary>
    Task SendAsync();
}
