using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Martlet.Server.Admin;
using Martlet.Server.Observe.Journal;

namespace Martlet.Cli.Commands;

/// <summary>martlet trace.</summary>
internal static class TraceCommand
{
    public static Command Create(Terminal terminal)
    {
        var query = new Argument<string>("ADDRESS|MESSAGE-ID") { Description = "An address of a sender, a recipient or an account; or a Message-ID, in <> to mean nothing else." };
        var since = new Option<string?>("--since") { HelpName = "TIME", Description = "Messages that came then or later: 2026-03-01, 2026-03-01T12:00 (UTC), or how long ago: 90m, 12h, 7d." };
        var until = new Option<string?>("--until") { HelpName = "TIME", Description = "Messages that came then or before." };
        var limit = new Option<int>("--limit")
        {
            HelpName = "NUMBER",
            Description = $"Messages to show, the newest, from 1 to {TraceMail.LimitMax}; {TraceMail.LimitDefault} when it is not given.",
            DefaultValueFactory = _ => TraceMail.LimitDefault,
        };
        var json = new Option<bool>("--json") { Description = "As a JSON object: stories with messageId, outcome, begin and steps (time, what, text); isCut; missing." };
        var server = new ServerOptions();
        var command = new MartletCommand("trace", "Tells the journey of messages: where from, what was decided, where to, and what became of them.")
        {
            Details = "From the journal of mail, which is kept for 30 days or until its space is used up. Mail that was refused is in it too. Texts and subjects of messages are not. Times are UTC.",
            Examples = ["martlet trace ada@example.org --since 12h", "martlet trace '<20260301.1234@example.net>'", "martlet trace ada@example.org --limit 100 --json"],
        };
        command.Add(query);
        command.Add(since);
        command.Add(until);
        command.Add(limit);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var request = new TraceMail(line.GetRequiredValue(query), line.GetValue(limit), Moment.Read(line.GetValue(since), now), Moment.Read(line.GetValue(until), now));
            var reply = await AdminLink.RunAsync(server.Read(line), request);
            if (reply.Trace is { } trace)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(trace, ListJson.Readable.TraceResult) + "\n" : Story(trace));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Story(TraceResult trace)
    {
        var text = new StringBuilder();
        foreach (var story in trace.Stories)
        {
            text.Append(CultureInfo.InvariantCulture, $"{story.Begin:yyyy-MM-dd HH:mm:ss}  {story.Outcome}  {(story.MessageId.Length > 0 ? $"<{story.MessageId}>" : "(Message-ID not known)")}\n");
            foreach (var step in story.Steps)
            {
                // Later days are told with their date.
                var time = step.Time.Date == story.Begin.Date ? step.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : step.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"  {time}  {step.Text}\n");
            }

            text.Append(story.MoreSteps > 0 ? string.Create(CultureInfo.InvariantCulture, $"  and {story.MoreSteps} more steps.\n\n") : "\n");
        }

        text.Append(trace.Stories.Count == 0 ? "The journal knows nothing of that.\n" : "");
        text.Append(trace.IsCut ? "There are older ones; --limit shows more.\n" : "");
        text.Append(trace.Missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"{trace.Missing} records are missing in the journal; something may be missing here.\n") : "");
        return text.ToString();
    }
}
