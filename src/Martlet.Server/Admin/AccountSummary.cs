using System.Text.Json.Serialization;
using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>An account in a list.</summary>
/// <param name="Address">Its name: the address it was made with.</param>
/// <param name="Messages">Messages in all mailboxes.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="HasPassword">Whether a password logs in.</param>
/// <param name="MessagesMax">Limit for messages that is in force; null is none.</param>
/// <param name="BytesMax">Limit for bytes that is in force; null is none.</param>
/// <param name="DisplayName">Name of the person; null for none.</param>
/// <param name="DisabledText">What whoever logs in is told instead of being let in; null when the account is not disabled.</param>
public sealed record AccountSummary(
    string Address,
    long Messages,
    long Bytes,
    bool HasPassword,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MessagesMax = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? BytesMax = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DisplayName = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DisabledText = null)
{
    /// <summary>How full it is, as part of the limit that is nearer; 0 without one.</summary>
    [JsonIgnore]
    public double Share => Math.Max(Part(Bytes, BytesMax), Part(Messages, MessagesMax));

    internal static AccountSummary Of(AccountEntry entry, AccountRow row, ServerSettings settings)
    {
        var limits = QuotaLimits.Of(row, settings);
        return new AccountSummary(
            entry.Name, row.Messages, row.Bytes, entry.Access.PasswordHash is not null, Limit(limits.Messages), Limit(limits.Bytes),
            entry.DisplayName.Length == 0 ? null : entry.DisplayName, entry.Access.DisabledText);
    }

    private static double Part(long used, long? limit) => limit is { } max ? (double)used / max : 0;

    private static long? Limit(long stored) => stored == 0 ? null : stored;
}
