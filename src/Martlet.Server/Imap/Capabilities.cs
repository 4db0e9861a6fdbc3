using System.Globalization;
using Martlet.Protocols.Imap;
using Martlet.Server.Accounts;

namespace Martlet.Server.Imap;

/// <summary>A capability that does not depend on the connection.</summary>
/// <param name="Name">As announced.</param>
/// <param name="IsAlways">Whether it holds before login too.</param>
/// <param name="Enables">What ENABLE with this name turns on; None when it cannot be enabled.</param>
internal sealed record CapabilityRow(string Name, bool IsAlways = false, ImapFeatures Enables = ImapFeatures.None);

/// <summary>What is announced, in which state: only what holds there.</summary>
internal static class Capabilities
{
    /// <summary>All capabilities that do not depend on the connection, in the order in which they are announced.</summary>
    public static readonly CapabilityRow[] All =
    [
        new(Capability.Imap4Rev2, IsAlways: true, ImapFeatures.Rev2 | ImapFeatures.Utf8),
        new(Capability.Imap4Rev1, IsAlways: true),
        new(Capability.LiteralPlus, IsAlways: true),
        new(Capability.SaslIr, IsAlways: true),
        new(Capability.Enable, IsAlways: true),
        new(Capability.Id, IsAlways: true),
        new(Capability.Idle),
        new(Capability.Notify),
        new(Capability.Namespace),
        new(Capability.Children),
        new(Capability.Unselect),
        new(Capability.UidPlus),
        new(Capability.CondStore, Enables: ImapFeatures.CondStore),
        new(Capability.QResync, Enables: ImapFeatures.QResync | ImapFeatures.CondStore),
        new(Capability.UidOnly, Enables: ImapFeatures.UidOnly),
        new(Capability.Partial),
        new(Capability.Move),
        new(Capability.ESearch),
        new(Capability.SearchRes),
        new(Capability.MultiSearch),
        new(Capability.InProgress),
        new(Capability.SpecialUse),
        new(Capability.CreateSpecialUse),
        new(Capability.ListExtended),
        new(Capability.ListStatus),
        new(Capability.StatusSize),
        new(Capability.Utf8Accept, Enables: ImapFeatures.Utf8),
        new(Capability.MultiAppend),
        new(Capability.Replace),
        new(Capability.Binary),
        new(Capability.SaveDate),
        new(Capability.Within),
        new(Capability.Preview),
        new(Capability.Metadata, Enables: ImapFeatures.Metadata),
        new(Capability.ListMetadata),
        new(Capability.Quota),
        new(Capability.QuotaResStorage),
        new(Capability.QuotaResMessage),
    ];

    private static readonly string[] AfterLogin = [.. All.Select(row => row.Name), Capability.CompressDeflate, Capability.Unauthenticate, Capability.AppendLimit];

    /// <summary>
    /// Names that can be hidden from an account's clients after login. IMAP4rev1 cannot: it is what is left when all else is. What comes of IMAP4rev2 itself is only
    /// hidden from clients that do not know it.
    /// </summary>
    public static IEnumerable<string> Hideable => AfterLogin.Where(name => name != Capability.Imap4Rev1);

    /// <summary>The list for a session as it is now, for CAPABILITY, greeting and login replies.</summary>
    public static string For(ImapSession session)
    {
        if (session.State != ImapState.NotAuthenticated)
        {
            var names = AfterLogin.Where(name => !session.Hides(name) && name switch
            {
                Capability.CompressDeflate => !session.Connection.IsCompressed,
                Capability.Unauthenticate => session.Options.AllowUnauthenticate,
                _ => true,
            });
            var size = session.Store.Limits.MessageBytesMax.ToString(CultureInfo.InvariantCulture);
            return string.Join(' ', names.Select(name => name == Capability.AppendLimit ? $"{name}={size}" : name));
        }

        var list = All.Where(row => row.IsAlways).Select(row => row.Name).ToList();
        if (session.CanStartTls)
        {
            list.Add(Capability.StartTls);
        }

        var mechanisms = SaslMechanisms.Offered(session.Authenticator, session.Login, session.Options.AllowPlainWithoutTls).ToList();
        list.AddRange(mechanisms.Select(name => Capability.AuthPrefix + name));
        if (mechanisms.Count == 0)
        {
            list.Add(Capability.LoginDisabled);
        }

        return string.Join(' ', list);
    }
}
