using System.Text.Json.Serialization;

namespace Martlet.Server.Admin;

/// <summary>
/// Something an administrator asks for. Each request is a record that carries out itself, written once: the control socket reads it from JSON and runs it in the
/// server, the command line runs the same record on the data folder when no server is there.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(AddDomain), "add-domain")]
[JsonDerivedType(typeof(ListDomains), "list-domains")]
[JsonDerivedType(typeof(RemoveDomain), "remove-domain")]
[JsonDerivedType(typeof(ChangeDomain), "change-domain")]
[JsonDerivedType(typeof(SetAlias), "set-alias")]
[JsonDerivedType(typeof(ListAliases), "list-aliases")]
[JsonDerivedType(typeof(RemoveAlias), "remove-alias")]
[JsonDerivedType(typeof(ShowSettings), "show-settings")]
[JsonDerivedType(typeof(ChangeSettings), "change-settings")]
[JsonDerivedType(typeof(LookupAddress), "lookup")]
[JsonDerivedType(typeof(SetAdministrator), "set-administrator")]
[JsonDerivedType(typeof(ListAdministrators), "list-administrators")]
[JsonDerivedType(typeof(RemoveAdministrator), "remove-administrator")]
[JsonDerivedType(typeof(ConfirmAdministrator), "confirm-administrator")]
[JsonDerivedType(typeof(EndAdministratorSessions), "end-administrator-sessions")]
[JsonDerivedType(typeof(AddToken), "add-token")]
[JsonDerivedType(typeof(ListTokens), "list-tokens")]
[JsonDerivedType(typeof(RemoveToken), "remove-token")]
[JsonDerivedType(typeof(ExportSettings), "export-settings")]
[JsonDerivedType(typeof(ApplySettings), "apply-settings")]
[JsonDerivedType(typeof(SetDisplayName), "set-display-name")]
[JsonDerivedType(typeof(AddAccount), "add-account")]
[JsonDerivedType(typeof(ListAccounts), "list-accounts")]
[JsonDerivedType(typeof(RemoveAccount), "remove-account")]
[JsonDerivedType(typeof(SetPassword), "set-password")]
[JsonDerivedType(typeof(ChangePassword), "change-password")]
[JsonDerivedType(typeof(ConfirmPassword), "confirm-password")]
[JsonDerivedType(typeof(ShowAccount), "show-account")]
[JsonDerivedType(typeof(DisableAccount), "disable-account")]
[JsonDerivedType(typeof(EnableAccount), "enable-account")]
[JsonDerivedType(typeof(AddAddress), "add-address")]
[JsonDerivedType(typeof(ListAddresses), "list-addresses")]
[JsonDerivedType(typeof(RemoveAddress), "remove-address")]
[JsonDerivedType(typeof(AddKey), "add-key")]
[JsonDerivedType(typeof(GetKey), "get-key")]
[JsonDerivedType(typeof(ListKeys), "list-keys")]
[JsonDerivedType(typeof(ChangeKey), "change-key")]
[JsonDerivedType(typeof(RemoveKey), "remove-key")]
[JsonDerivedType(typeof(ListConnections), "list-connections")]
[JsonDerivedType(typeof(EndConnection), "end-connection")]
[JsonDerivedType(typeof(ListWebSessions), "list-web-sessions")]
[JsonDerivedType(typeof(EndWebSessions), "end-web-sessions")]
[JsonDerivedType(typeof(SetQuota), "set-quota")]
[JsonDerivedType(typeof(SetCapabilities), "set-capabilities")]
[JsonDerivedType(typeof(ListLogins), "list-logins")]
[JsonDerivedType(typeof(ListDnsRecords), "list-dns-records")]
[JsonDerivedType(typeof(ImportMbox), "import-mbox")]
[JsonDerivedType(typeof(ImportMail), "import-mail")]
[JsonDerivedType(typeof(ExportMail), "export-mail")]
[JsonDerivedType(typeof(ShowLogLevels), "show-log-levels")]
[JsonDerivedType(typeof(SetLogLevels), "set-log-levels")]
[JsonDerivedType(typeof(ShowHealth), "show-health")]
[JsonDerivedType(typeof(TraceMail), "trace-mail")]
[JsonDerivedType(typeof(TraceOwnMail), "trace-own-mail")]
public abstract record AdminRequest
{
    /// <summary>Carries it out.</summary>
    /// <param name="context">Store and helpers.</param>
    /// <param name="cancel">Ends it early, where it is long.</param>
    public abstract Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel);
}
