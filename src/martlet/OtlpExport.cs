using Martlet.Server.Observe.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Martlet.Cli;

/// <summary>Sends the metrics to an OpenTelemetry collector. Only a server whose configuration has a line <c>otlp</c> comes here, so that only it loads those libraries.</summary>
internal static class OtlpExport
{
    private const int PeriodMilliseconds = 60_000;

    /// <summary>Starts.</summary>
    /// <param name="collector">URL of the collector, for metrics over HTTP.</param>
    /// <returns>Ends it, with a last report.</returns>
    public static IDisposable Start(Uri collector) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("martlet", serviceVersion: Server.Observe.Versions.Program))
        .AddMeter(MetricSet.MeterName)
        .AddOtlpExporter((exporter, reader) =>
        {
            exporter.Endpoint = collector;
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = PeriodMilliseconds;
        })
        .Build();
}
