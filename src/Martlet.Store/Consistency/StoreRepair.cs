using System.Globalization;
using Martlet.Messages.Mime;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>Writes what the check found out to be right, through rows like any other change. Message bytes are read, never written.</summary>
internal sealed class StoreRepair(IStoreEngine engine, IBlobStore blobs)
{
    private const int RowsAtOnce = 10_000;
    private const int ReadBytes = 256 * 1024;

    private readonly List<Action> _afterCommit = [];
    private WriteBatch _batch = new();

    /// <summary>What was done, in an administrator's words.</summary>
    public List<string> Done { get; } = [];

    public void Put(AccountRow row, string what)
    {
        _batch.Accounts.Add(row);
        Note(what);
    }

    public void Put(MailboxRow row, string what)
    {
        _batch.Mailboxes.Add(row);
        Note(what);
    }

    public void RemoveSnapshot(AccountId account, MailboxId mailbox, string where)
    {
        _batch.Snapshots.Add(new(account, mailbox, default, default, Parts: 0));
        Note($"{where}: snapshot removed, it is made again when it is wanted");
    }

    public void Forget(AccountId account, MailboxId mailbox, ModSeq upTo, string where)
    {
        _batch.Forgotten.Add(new(account, mailbox, upTo));
        Note($"{where}: tombstones up to modseq {upTo} removed");
    }

    public void SetSubscribed(AccountId account, string name, bool isSubscribed) => _batch.Subscriptions.Add(new(account, name, isSubscribed));

    public void RemoveAddress(string address)
    {
        _batch.Addresses.Add(new(address, Account: null));
        Note($"address {address} removed");
    }

    public void RemoveKey(string fingerprint)
    {
        _batch.LoginKeys.Add(new(fingerprint, Key: null));
        Note($"key {fingerprint} removed");
    }

    public void RemoveToken(string hash)
    {
        _batch.Tokens.Add(new(hash, Token: null));
        Note("token of an administrator removed");
    }

    public void RemoveSession(string id)
    {
        _batch.Sessions.Add(new(id, Session: null));
        Note("web session removed");
    }

    public void RemoveLogin(AccountId account, byte[] key, string where)
    {
        _batch.RemovedLogins.Add((account, key));
        Note($"{where}: an entry of the history of logins removed");
    }

    public void AddReferences(AccountId account, EmailId email, int change, string where)
    {
        _batch.References.Add(new(account, email, change));
        Note($"{where}: references counted again");
    }

    public void AddToSegment(long segment, long written, long live)
    {
        _batch.Segments.Add(new(segment, written, live));
        Note(string.Create(CultureInfo.InvariantCulture, $"segment {segment}: figures counted again"));
    }

    public void RemoveLarge(long number)
    {
        _afterCommit.Add(() => blobs.DeleteLarge(new BlobRef(BlobKind.Large, number, 0, 0)));
        Note(string.Create(CultureInfo.InvariantCulture, $"large message {number}: file removed, no email has it"));
    }

    public void RemoveSegment(long segment)
    {
        _afterCommit.Add(() => blobs.DeleteSegment(segment));
        Note(string.Create(CultureInfo.InvariantCulture, $"segment {segment}: file removed, no email is in it"));
    }

    /// <summary>Reads the message again and stores its structure anew.</summary>
    public void Rescan(AccountId account, EmailId email, in BlobRef blob, string where)
    {
        var scanner = new MimeScanner(MimeLimits.Default);
        var buffer = new byte[(int)Math.Min(ReadBytes, blob.Length)];
        try
        {
            for (long at = 0; at < blob.Length;)
            {
                var count = blobs.Read(blob, account, at, buffer);
                scanner.Feed(buffer.AsSpan(0, count));
                at += count;
            }
        }
        catch (StoreException e)
        {
            Note($"{where}: structure not rebuilt: {e.Message}");
            return;
        }

        _batch.Structures.Add(new(account, email, scanner.Finish().Encode(0)));
        Note($"{where}: structure read again from the message");
    }

    /// <summary>Writes what has gathered.</summary>
    public void Commit(bool isLast)
    {
        if (!isLast && _batch.RowCount < RowsAtOnce)
        {
            return;
        }

        if (!_batch.IsEmpty)
        {
            engine.Commit(_batch);
            _batch = new WriteBatch();
        }

        _afterCommit.ForEach(action => action());
        _afterCommit.Clear();
    }

    private void Note(string what) => Done.Add(what);
}
