using System.Buffers;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Reading;

/// <summary>Structure and place of some emails, read together into one buffer that is used again: a long FETCH reads batch after batch and holds nothing between.</summary>
/// <remarks>Used by one session at a time.</remarks>
public sealed class EmailBatch : IDisposable
{
    /// <summary>Bytes after which a load takes no more emails. A structure is some hundred bytes, but a sender can make it megabytes.</summary>
    private const int BytesMax = 1024 * 1024;

    private readonly List<(EmailId Email, BlobRef Blob, int Offset, int Length)> _emails = [];
    private readonly Dictionary<EmailId, int> _positions = [];
    private readonly EmailSink _sink;
    private byte[] _bytes = [];
    private int _length;

    /// <summary>An empty batch.</summary>
    public EmailBatch() => _sink = Add;

    /// <summary>Emails found.</summary>
    public int Count => _emails.Count;

    /// <summary>Whether the last load ended early because it had become much: emails asked for may be left to load.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Structure of an email; false when it does not exist (its row was lost, or the whole account is gone).</summary>
    /// <param name="email">Email.</param>
    /// <param name="blob">Where its bytes are.</param>
    /// <param name="meta">Encoded structure; valid until the next load.</param>
    public bool TryGet(EmailId email, out BlobRef blob, out ReadOnlySpan<byte> meta)
    {
        if (!_positions.TryGetValue(email, out var at))
        {
            blob = default;
            meta = default;
            return false;
        }

        var found = _emails[at];
        blob = found.Blob;
        meta = _bytes.AsSpan(found.Offset, found.Length);
        return true;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => Clear(keepBuffer: false);

    internal void Load(IStoreEngine engine, AccountId account, ReadOnlySpan<EmailId> emails)
    {
        Clear(keepBuffer: true);
        engine.ReadEmails(account, emails, _sink);
    }

    private bool Add(EmailId email, in BlobRef blob, ReadOnlySpan<byte> meta)
    {
        if (_bytes.Length - _length < meta.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Max(_bytes.Length * 2, _length + meta.Length)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        meta.CopyTo(_bytes.AsSpan(_length));
        _positions[email] = _emails.Count;
        _emails.Add((email, blob, _length, meta.Length));
        _length += meta.Length;
        IsCut = _length >= BytesMax;
        return !IsCut;
    }

    private void Clear(bool keepBuffer)
    {
        _emails.Clear();
        _positions.Clear();
        _length = 0;
        IsCut = false;
        if (!keepBuffer && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
