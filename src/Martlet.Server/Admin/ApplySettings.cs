using Martlet.Server.Settings;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Admin;

/// <summary>
/// Brings the server to what a configuration text says, in one transaction: all of it, or nothing with the reason. What the text does not name is removed, but for
/// passwords, which stay where it has none, and accounts with their mail, which go only when that is asked for.
/// </summary>
/// <param name="Text">What <c>martlet config export</c> wrote, changed by the administrator.</param>
/// <param name="IsDryRun">Whether it is only told what would change.</param>
/// <param name="RemovesAccounts">Whether accounts that the text does not name go, with their mail.</param>
public sealed record ApplySettings(string Text, bool IsDryRun = false, bool RemovesAccounts = false) : AdminRequest
{
    /// <summary>How often a plan is made again because something changed meanwhile: somebody signs in on the pages.</summary>
    private const int TriesMax = 20;

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var (document, problems) = SettingsReader.Read(Text);
        if (document is null)
        {
            return AdminReply.Refused("Nothing was changed: the text has mistakes.") with { Problems = problems };
        }

        for (var tries = 0; tries < TriesMax; tries++)
        {
            cancel.ThrowIfCancellationRequested();
            var basis = context.Store.Directory.Current;
            var plan = SettingsPlan.Make(SettingsWriter.Take(context.Store, withSecrets: true), document);
            if (Refuse(plan) is { } refused)
            {
                return refused with { Changes = plan.Sentences };
            }

            if (plan.Changes.Count == 0)
            {
                return AdminReply.Done("Nothing to change: the server is as the text says.") with { Changes = [] };
            }

            if (IsDryRun)
            {
                return AdminReply.Done("Nothing was changed; this is what would be.") with { Changes = plan.Sentences };
            }

            var applied = await context.Store.Settings.ApplyAsync(plan.Changes, basis);
            if (applied.Refusal != Refusal.Changed || applied.Refused is not null)
            {
                return Answer(applied, plan);
            }
        }

        return AdminReply.Refused("Nothing was changed: others kept changing the server's settings meanwhile. Run it again.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"ApplySettings {Text.Length} characters";

    private AdminReply? Refuse(SettingsPlan plan) =>
        plan.WithoutPassword.Count > 0 ? AdminReply.Refused($"Nothing was changed: {string.Join(", ", plan.WithoutPassword)} would be an administrator without a password; martlet admin add makes one.")
        : plan.RemovedAccounts.Count > 0 && !RemovesAccounts ? AdminReply.Refused(
            $"Nothing was changed: the text does not name {(plan.RemovedAccounts.Count == 1 ? "the account" : "the accounts")} {string.Join(", ", plan.RemovedAccounts.Take(10))}"
            + $"{(plan.RemovedAccounts.Count > 10 ? " and others" : "")}, and their mail would be gone. With --remove-accounts it is.")
        : null;

    private static AdminReply Answer(AppliedChanges applied, SettingsPlan plan) => applied.Refusal == Refusal.None
        ? AdminReply.Done($"Done: {plan.Sentences.Count} {(plan.Sentences.Count == 1 ? "change" : "changes")}.") with { Changes = plan.Sentences }
        : AdminReply.Refused($"Nothing was changed: {Describe(applied)}") with { Changes = plan.Sentences };

    private static string Describe(AppliedChanges applied)
    {
        var where = applied.Refused switch
        {
            SetDomain change => $"domain {change.Domain.Name}",
            Store.Operations.RemoveDomain change => $"domain {change.Name}",
            PutAccount change => $"account {change.Settings.Name}",
            TrimAccount change => $"account {change.Name}",
            Store.Operations.SetAlias change => $"alias {change.Alias.Address}",
            Store.Operations.RemoveAlias change => $"alias {change.Address}",
            Store.Operations.SetAdministrator change => $"administrator {change.Name}",
            _ => "settings",
        };
        return applied.Refusal switch
        {
            Refusal.LimitReached => $"{where} would reach a limit.",
            Refusal.BadName => $"{where} has a value that cannot be kept: a text too long or with control characters, a separator that is none, or a name that is none.",
            Refusal.InUse => $"{where} is still in use: it has addresses (case-sensitive is changed only while there are none), or mail is sent on to it.",
            var refusal => $"{where}: {refusal}.",
        };
    }
}
