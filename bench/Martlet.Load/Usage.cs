namespace Martlet.Load;

internal static class Usage
{
    public static int Print()
    {
        Console.Error.WriteLine("""
            Martlet.Load: figures of a Martlet server. Each command prints a table; --json FILE appends the same rows as JSON lines.

              floor    --bytes 4096 --connections 1,4,16,64        what the disk can do: write and fdatasync, one by one and in groups
              store    --bytes 4096,30720 --connections 1,4,16,64  deliveries into the store, no sockets
              deliver  --bytes 4096,30720 --connections 1,4,16,64  deliveries over SMTP
              append   the same over IMAP APPEND
              mailbox  --messages 100000 [--only FETCH,STORE]      one large mailbox over IMAP
              mix      --sessions 10,50 --age 100000               clients that do what people's do, on mailboxes of their own and all on one
              rows     --messages 100000 --pieces 10000,100000     the same straight in the store: loading, flags of all
              idle     --connections 0,100,1000,10000 [--tls] [--key] [--compressed]  memory of waiting connections
              login    --logins 200 --at-once 8 [--peer dovecot]   logins by each mechanism, TLS handshakes with and without a client key
              observe  --bytes 4096 --connections 64              what metrics and the journal of mail cost, in turns with a server that has neither
              attack   --connections 20 --seconds 5 [--only NAME]  what hostile clients cost; fails above --growth-max MB (64) or --wait-max ms (2000)
              start                                                process start to greeting
              import   --messages 200000 --bytes 4096 --server PATH  a Maildir and a tar file into a real martlet, beside copying them; peak memory
              export   the same out of it, as folder, tar, tar.gz, zip

            All take  --data DIR (a folder on the disk to measure; emptied), --runs N (medians are of N), --json FILE, --note TEXT (a column).
            deliver, append, mix, store and floor take  --seconds N  and, where there are accounts,  --users N.
            mailbox and mix take  --peer dovecot-sdbox  and  --peer dovecot-mdbox: Dovecot 2.3 on this machine does the same, in turns with Martlet.
            deliver, append, idle and start take  --server PATH  to run that martlet's localserve (one account) instead of the tool's own server process.
            """);
        return 2;
    }
}
