using Microsoft.Extensions.Hosting;

namespace Martlet.Web.Hosting;

/// <summary>The web front lives as long as its owner says. The framework's own lifetime would take Ctrl-C and SIGTERM away from the program.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
