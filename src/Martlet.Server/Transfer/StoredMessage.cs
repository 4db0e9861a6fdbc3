using System.Buffers;
using Martlet.Store;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Reading;

namespace Martlet.Server.Transfer;

/// <summary>Bytes of the messages of one mailbox, one after the other, in pieces.</summary>
/// <remarks>Used by one task. A message that fits a piece is read once, however often it is gone through.</remarks>
internal sealed class StoredMessage(MailStore store, Account account) : IDisposable
{
    /// <summary>Bytes of a piece; larger than what most messages have.</summary>
    private const int PieceBytes = 256 * 1024;

    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private EmailId _email;
    private BlobRef _blob;
    private bool _isRead;

    /// <summary>Its length.</summary>
    public long Length => _blob.Length;

    /// <summary>Goes to a message.</summary>
    /// <param name="batch">Has its place.</param>
    /// <param name="email">Which.</param>
    /// <returns>False when it is gone.</returns>
    public bool Open(EmailBatch batch, EmailId email)
    {
        _email = email;
        _isRead = false;
        return batch.TryGet(email, out _blob, out _);
    }

    /// <summary>Its bytes from one place on.</summary>
    /// <param name="at">From which byte.</param>
    /// <returns>As many as a piece has, or as are left; valid until the next call.</returns>
    /// <exception cref="StoreException">They are not there or not what was written.</exception>
    public ReadOnlyMemory<byte> Read(long at)
    {
        var length = (int)Math.Min(PieceBytes, _blob.Length - at);
        if (_isRead && at == 0)
        {
            return _piece.AsMemory(0, length);
        }

        for (var done = 0; done < length;)
        {
            var count = store.ReadBytes(account, _email, ref _blob, at + done, _piece.AsSpan(done, length - done));
            done = count > 0 ? done + count : throw new StoreException(StoreFailure.Corrupt, "A message is shorter than its row says.");
        }

        _isRead = at == 0 && length == _blob.Length;
        return _piece.AsMemory(0, length);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_piece);
}
