using System.Globalization;
using System.Text.RegularExpressions;

namespace Martlet.Testing.Transcripts;

/// <summary>What a line of a script does.</summary>
internal enum StepKind
{
    Send,
    SendRaw,
    Expect,
    ExpectRaw,
    Skip,
    Open,
    StartTls,
    StartDeflate,
    EndDeflate,
    Close,
    ExpectClosed,
    Advance,
}

/// <summary>One line of a script.</summary>
internal sealed record TranscriptStep(StepKind Kind, string Peer, string Text, string Source)
{
    private static readonly Regex Line = new(@"^(?<who>[CS])(?<peer>\d*):(?: (?<text>.*))?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    private static readonly Regex Arrow = new(@"^C(?<peer>\d*) -> (?<name>\S+)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    private static readonly Regex Wait = new(@"^T: (?<number>\d+)(?<unit>[smh])$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>How far <see cref="StepKind.Advance"/> may go.</summary>
    public TimeSpan Time { get; private init; }

    /// <summary>Reads a script.</summary>
    public static IReadOnlyList<TranscriptStep> Parse(string script)
    {
        var steps = new List<TranscriptStep>();
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                steps.Add(ParseLine(line));
            }
        }

        return steps;
    }

    private static TranscriptStep ParseLine(string line)
    {
        if (line == "...")
        {
            return new(StepKind.Skip, "", "", line);
        }

        if (Wait.Match(line) is { Success: true } wait)
        {
            var number = int.Parse(wait.Groups["number"].Value, CultureInfo.InvariantCulture);
            var time = wait.Groups["unit"].Value switch
            {
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromHours(number),
            };
            return new(StepKind.Advance, "", "", line) { Time = time };
        }

        if (Arrow.Match(line) is { Success: true } arrow)
        {
            var name = arrow.Groups["name"].Value;
            var arrowKind = name switch
            {
                "tls" => StepKind.StartTls,
                "deflate" => StepKind.StartDeflate,
                "plain" => StepKind.EndDeflate,
                _ => StepKind.Open,
            };
            return new(arrowKind, arrow.Groups["peer"].Value, name, line);
        }

        var match = Line.Match(line);
        if (!match.Success)
        {
            throw new FormatException($"Not a line of a transcript: {line}");
        }

        var text = match.Groups["text"].Value;
        var isClient = match.Groups["who"].Value == "C";
        var isRaw = text.StartsWith("<<", StringComparison.Ordinal) && text.EndsWith(">>", StringComparison.Ordinal);
        var kind = (isClient, isRaw, text) switch
        {
            (true, _, "<close>") => StepKind.Close,
            (false, _, "<closed>") => StepKind.ExpectClosed,
            (true, true, _) => StepKind.SendRaw,
            (false, true, _) => StepKind.ExpectRaw,
            (true, false, _) => StepKind.Send,
            (false, false, _) => StepKind.Expect,
        };
        return new(kind, match.Groups["peer"].Value, isRaw ? text[2..^2] : text, line);
    }
}
