namespace Martlet.Load.Server;

/// <summary>
/// A configuration for Dovecot 2.3: its durable defaults, processes that live on between connections, no delays and no limits on rates or connections, plain
/// passwords on loopback; for figures of logins also TLS and the mechanisms it has in common with us, PLAIN with an Argon2id hash of our cost. As root the mail belongs to nobody, since Dovecot does not serve root's; else all runs as the user who runs the tool.
/// </summary>
internal static class DovecotConfig
{
    /// <summary>Whom the mail belongs to when the tool runs as root: nobody.</summary>
    public const int MailUser = 65534;

    public static bool IsRoot => Environment.UserName == "root";

    public static string Make(string folder, string format, int port, int tlsPort, bool isFilling, string? hash) => $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/log
        protocols = imap
        listen = 127.0.0.1
        {{(hash is null ? "ssl = no" : $"ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\nssl_min_protocol = TLSv1.2")}}
        disable_plaintext_auth = no
        auth_mechanisms = {{(hash is null ? "plain" : "plain scram-sha-256 scram-sha-1 cram-md5")}}
        auth_failure_delay = 0
        first_valid_uid = 1
        first_valid_gid = 1
        mail_max_userip_connections = 0
        default_client_limit = 20000
        default_process_limit = 2000
        default_vsz_limit = 8G
        mail_location = {{format}}:~/mail
        {{(isFilling ? "mail_fsync = never" : "")}}
        {{(IsRoot ? "" : $"default_login_user = {Environment.UserName}\ndefault_internal_user = {Environment.UserName}")}}
        passdb {
          driver = static
          {{(hash is null ? $"args = password={Accounts.Password}" : $"mechanisms = plain\n  args = password={{ARGON2ID}}{hash}")}}
        }
        {{(hash is null ? "" : $"passdb {{\n  driver = static\n  mechanisms = scram-sha-256 scram-sha-1 cram-md5\n  args = password={Accounts.Password}\n}}")}}
        userdb {
          driver = static
          args = {{(IsRoot ? $"uid={MailUser} gid={MailUser} " : "")}}home={{folder}}/home/%u
        }
        namespace inbox {
          inbox = yes
        }
        service anvil {
          chroot =
        }
        service stats {
          chroot =
        }
        service imap-login {
          chroot =
          service_count = 0
          process_min_avail = 2
          inet_listener imap {
            port = {{port}}
          }
          inet_listener imaps {
            port = {{tlsPort}}
          }
        }
        service imap {
          service_count = 1000
        }

        """;
}
