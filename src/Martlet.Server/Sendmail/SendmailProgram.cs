using System.Globalization;
using System.Text;

namespace Martlet.Server.Sendmail;

/// <summary>
/// One run of <c>martlet sendmail</c>: what local programs (cron, mutt, mail) call to send mail. Sends it to the server of the configuration at once, and keeps
/// what it could not send. Opens no port, stays for nothing, and as a setgid program does nothing but send.
/// </summary>
public static class SendmailProgram
{
    private static readonly string[] LoaderPrefixes = ["DOTNET_", "COMPlus_", "CORECLR_", "COREHOST_"];

    /// <summary>Runs a command line.</summary>
    /// <param name="words">Without the program's name.</param>
    /// <param name="context">Streams and surroundings.</param>
    /// <param name="cancel">Ends the run; a message that is being sent is kept.</param>
    /// <returns>One of <see cref="SendmailExit"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, SendmailContext context, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var arguments = SendmailArguments.Read(words, out var problem);
        if (problem is not null)
        {
            return Fail(context, SendmailExit.Usage, problem);
        }

        if (context.IsPrivileged && UnsafeVariable(context) is { } unsafeVariable)
        {
            return Fail(context, SendmailExit.NoPermission, $"As a setgid program it must be started with a clean environment ({unsafeVariable}); docs/sendmail.md has the wrapper for that.");
        }

        if (arguments.Mode == SendmailMode.Nothing)
        {
            return SendmailExit.Ok;
        }

        if (SendmailConfigFile.Read(SendmailConfigFile.Find(arguments.ConfigFile, context), out problem) is not { } config)
        {
            return Fail(context, SendmailExit.Configuration, problem!);
        }

        try
        {
            var delivery = new SendmailDelivery(config, context);
            return arguments.Mode switch
            {
                SendmailMode.Smtp => await new StdioDialogue(config, context, delivery).RunAsync(cancel),
                SendmailMode.Retry => await delivery.RetryAsync(cancel),
                SendmailMode.List => await ListAsync(UnsentFolder.Of(config, context), context, cancel),
                _ => await DeliverAsync(arguments, config, context, delivery, cancel),
            };
        }
        catch (SendmailConfigException e)
        {
            return Fail(context, SendmailExit.Configuration, e.Message);
        }
    }

    private static async Task<int> DeliverAsync(SendmailArguments arguments, SendmailConfig config, SendmailContext context, SendmailDelivery delivery, CancellationToken cancel)
    {
        if (await MessageIntake.ReadAsync(context.Input, arguments.IgnoresDots, context.MessageBytesMax, cancel) is not { } bytes)
        {
            return Fail(context, SendmailExit.DataError, string.Create(CultureInfo.InvariantCulture, $"The message is larger than {context.MessageBytesMax} bytes."));
        }

        if (LocalMessage.Read(bytes) is not { } message)
        {
            return Fail(context, SendmailExit.DataError, string.Create(CultureInfo.InvariantCulture, $"The header is larger than {SendmailLimits.HeaderBytesMax} bytes."));
        }

        var prepared = new MessagePreparer(config, context).Prepare(arguments, message);
        if (prepared.Problem is { } problem)
        {
            Fail(context, prepared.ExitCode, problem);
        }

        if (prepared.Mail is not { } mail)
        {
            return prepared.ExitCode;
        }

        var code = await delivery.DeliverAsync(mail, cancel);
        return code == SendmailExit.Ok ? prepared.ExitCode : code;
    }

    private static async Task<int> ListAsync(UnsentFolder folder, SendmailContext context, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var file in folder.List())
        {
            await using var stream = UnsentFolder.Open(file);
            if (stream is not null && await UnsentFolder.ReadAsync(stream, cancel) is { } mail)
            {
                text.Append(CultureInfo.InvariantCulture, $"{file}\n  {mail.Time:yyyy-MM-dd HH:mm:ss}Z from {mail.From} to {string.Join(", ", mail.Recipients)}\n  {mail.Reason}\n");
            }
        }

        await context.Output.WriteAsync(Encoding.UTF8.GetBytes(text.Length == 0 ? $"Nothing is kept in {folder.Path}.\n" : text.ToString()), cancel);
        return SendmailExit.Ok;
    }

    // The runtime reads these before this line runs: seeing one now can only be told, not undone. The wrapper clears them and turns diagnostics off, without which
    // the caller could load code into this process by its diagnostics socket.
    private static string? UnsafeVariable(SendmailContext context) => context.Variable("DOTNET_EnableDiagnostics") != "0"
        ? "DOTNET_EnableDiagnostics=0 is missing"
        : context.Variables.FirstOrDefault(static name => name != "DOTNET_EnableDiagnostics" && LoaderPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    private static int Fail(SendmailContext context, int code, string problem)
    {
        foreach (var line in problem.Split('\n'))
        {
            context.Tell($"sendmail: {line}");
        }

        return code;
    }
}
