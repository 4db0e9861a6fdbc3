using Martlet.Protocols.Smtp;

namespace Martlet.Fuzz.Targets;

/// <summary>Bytes as an SMTP command line, as the arguments of MAIL and RCPT, as an address and as message data. What is read must be what is written again.</summary>
public static class SmtpTarget
{
    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (SmtpCommandLine.TryRead(input, out var command))
        {
            Commands(command.Argument);
        }

        Commands(input);
        Address(input);
        Data(input);
    }

    private static void Commands(ReadOnlySpan<byte> argument)
    {
        var mail = MailCommand.Read(argument, AddressLimits.Default, out var refusal);
        Check((mail is null) != (refusal is null), "Either a command or a refusal.");
        var rcpt = RcptCommand.Read(argument, AddressLimits.Default, isUtf8: true, out refusal);
        Check((rcpt is null) != (refusal is null), "Either a command or a refusal.");
        foreach (var path in (ReadOnlySpan<string?>)[mail?.From.ToString(), rcpt?.To.ToString()])
        {
            Check(path is null || !path.AsSpan().ContainsAny('\r', '\n', '\0'), "A path cannot break a header field.");
        }
    }

    private static void Address(ReadOnlySpan<byte> input)
    {
        if (EmailAddress.TryParse(input, out var address))
        {
            // Escapes that are not needed go away, so what is written is not longer.
            Check(EmailAddress.TryParse(address.ToString(), out var again) && again.Equals(address), "An address is the same after writing and reading.");
            Check(again!.ToString() == address.ToString(), "Writing is stable.");
        }
    }

    private static void Data(ReadOnlySpan<byte> input)
    {
        var whole = default(DataReader);
        var consumedWhole = Feed(ref whole, input, piece: int.MaxValue, out var lengthWhole);
        var bytewise = default(DataReader);
        var consumedBytewise = Feed(ref bytewise, input, piece: 1, out var lengthBytewise);
        Check(whole.IsComplete == bytewise.IsComplete && consumedWhole == consumedBytewise, "The end does not depend on how the bytes are cut.");
        Check(whole.HasBareLineBreak == bytewise.HasBareLineBreak && lengthWhole == lengthBytewise, "Nor does the content.");
    }

    private static int Feed(ref DataReader reader, ReadOnlySpan<byte> input, int piece, out long length)
    {
        var total = 0;
        length = 0;
        while (total < input.Length && !reader.IsComplete)
        {
            length += reader.Read(input.Slice(total, Math.Min(piece, input.Length - total)), out var consumed).Length;
            Check(consumed > 0, "Reading goes on.");
            total += consumed;
        }

        return total;
    }

    private static void Check(bool claim, string because)
    {
        if (!claim)
        {
            throw new InvalidOperationException(because);
        }
    }
}
