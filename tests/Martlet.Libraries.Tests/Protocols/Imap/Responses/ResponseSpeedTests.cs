using System.Diagnostics;
using System.Text;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>What reading costs. Allocation is checked always; time is told when asked for.</summary>
public sealed class ResponseSpeedTests
{
    private const int Messages = 100_000;

    [Fact]
    public void A_fetch_of_flags_allocates_little_more_than_its_values()
    {
        var wire = Flags();
        Count(wire);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Messages, Count(wire));
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Messages;
        Assert.InRange(each, 0, 256);
    }

    [Fact(Explicit = true)]
    public void Time_of_a_fetch_of_flags()
    {
        var wire = Flags();
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Count(wire);
            var time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }

        TestContext.Current.SendDiagnosticMessage($"{Messages} responses, {wire.Length} bytes: {best.TotalMilliseconds:F1} ms");
    }

    private static byte[] Flags()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= Messages; i++)
        {
            text.Append($"* {i} FETCH (UID {i * 3} FLAGS (\\Seen{(i % 7 == 0 ? " $Forwarded \\Answered" : "")}))\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static int Count(ReadOnlySpan<byte> wire)
    {
        var framer = new ResponseFramer(ImapClientLimits.Default);
        var reader = new ResponseReader(ImapClientLimits.Default);
        var count = 0;
        while (framer.Next(wire, out var consumed, out var text) == ResponseStep.Response)
        {
            count += reader.Read(text) is FetchData { Uid: > 0, Flags.Count: > 0 } ? 1 : 0;
            wire = wire[consumed..];
        }

        return count;
    }
}
