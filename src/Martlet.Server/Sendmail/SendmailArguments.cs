namespace Martlet.Server.Sendmail;

/// <summary>What the program is asked to do.</summary>
internal enum SendmailMode
{
    /// <summary>Send the message on standard input (-bm).</summary>
    Deliver,

    /// <summary>Speak SMTP on standard input and output (-bs).</summary>
    Smtp,

    /// <summary>Send what is kept (--retry, -q).</summary>
    Retry,

    /// <summary>List what is kept (-bp).</summary>
    List,

    /// <summary>Nothing: there is no alias database to build (-bi).</summary>
    Nothing,
}

/// <summary>A command line as sendmail programs have read it since 1983: short options, together or apart, with values attached or next.</summary>
internal sealed record SendmailArguments
{
    // As getopt: a colon after a letter means a value. Those with a value that is always attached stand in AttachedValues.
    private const string Letters = "A:B:b:C:cE:e:F:f:Gh:iIL:mN:nO:o:p:R:r:sTtUV:vX:x";

    // -q alone asks for a run, -q30m for a daemon; -d alone turns debugging on.
    private const string AttachedValues = "qd";

    /// <summary>What to do.</summary>
    public SendmailMode Mode { get; private set; }

    /// <summary>-t: recipients are in the header too.</summary>
    public bool ReadsRecipients { get; private set; }

    /// <summary>-i, -oi: a line with a dot alone is text.</summary>
    public bool IgnoresDots { get; private set; }

    /// <summary>-f, -r: envelope-from as given; null for the usual one.</summary>
    public string? From { get; private set; }

    /// <summary>-F: name of the author.</summary>
    public string? FullName { get; private set; }

    /// <summary>-C: configuration file.</summary>
    public string? ConfigFile { get; private set; }

    /// <summary>Everything that is no option.</summary>
    public List<string> Recipients { get; } = [];

    /// <summary>Reads a command line.</summary>
    /// <param name="words">Without the program's name.</param>
    /// <param name="problem">What is wrong with it; null when all is well.</param>
    public static SendmailArguments Read(IReadOnlyList<string> words, out string? problem)
    {
        var arguments = new SendmailArguments();
        problem = null;
        for (var at = 0; at < words.Count && problem is null; at++)
        {
            var word = words[at];
            if (word == "--")
            {
                arguments.Recipients.AddRange(words.Skip(at + 1));
                break;
            }

            if (word is ['-', not '-', ..])
            {
                problem = arguments.TakeCluster(word, words, ref at);
            }
            else if (word == "--retry")
            {
                arguments.Mode = SendmailMode.Retry;
            }
            else if (word is ['-', '-', ..] or "-" or "")
            {
                problem = $"'{word}' is no option of sendmail.";
            }
            else
            {
                arguments.Recipients.Add(word);
            }
        }

        return arguments;
    }

    private string? TakeCluster(string word, IReadOnlyList<string> words, ref int at)
    {
        for (var i = 1; i < word.Length; i++)
        {
            var letter = word[i];
            if (AttachedValues.Contains(letter, StringComparison.Ordinal))
            {
                return Take(letter, word[(i + 1)..]);
            }

            var known = letter == ':' ? -1 : Letters.IndexOf(letter, StringComparison.Ordinal);
            if (known < 0)
            {
                return $"'-{letter}' is no option of sendmail.";
            }

            if (known + 1 == Letters.Length || Letters[known + 1] != ':')
            {
                Take(letter, "");
                continue;
            }

            if (i + 1 < word.Length)
            {
                return Take(letter, word[(i + 1)..]);
            }

            return ++at < words.Count ? Take(letter, words[at]) : $"-{letter} needs a value.";
        }

        return null;
    }

    // What is not here is accepted and does nothing, as programs that replace sendmail do: -oem, -odb, -B8BITMIME, -N, -R, -V, -O, -v ...
    private string? Take(char letter, string value)
    {
        switch (letter)
        {
            case 't':
                ReadsRecipients = true;
                break;
            case 'i':
            case 'o' when value == "i":
                IgnoresDots = true;
                break;
            case 'f' or 'r':
                From = value;
                break;
            case 'F':
                FullName = value;
                break;
            case 'C':
                ConfigFile = value;
                break;
            case 'q' when value.Length > 0 && value[0] is not ('f' or 'I' or 'S' or 'R'):
                return $"-q{value}: there is no daemon; call 'martlet sendmail --retry' from a timer.";
            case 'q':
                Mode = SendmailMode.Retry;
                break;
            case 'b':
                return TakeMode(value);
        }

        return null;
    }

    private string? TakeMode(string value)
    {
        SendmailMode? mode = value switch
        {
            "m" => SendmailMode.Deliver,
            "s" => SendmailMode.Smtp,
            "p" => SendmailMode.List,
            "i" => SendmailMode.Nothing,
            _ => null,
        };
        Mode = mode ?? Mode;
        return mode is null ? $"-b{value} is not done here; -bm, -bs, -bp and -bi are." : null;
    }
}
