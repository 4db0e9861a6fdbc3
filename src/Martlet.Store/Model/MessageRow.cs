namespace Martlet.Store.Model;

/// <summary>One message in one mailbox, as sessions see it without reading its bytes.</summary>
/// <param name="Uid">UID in the mailbox.</param>
/// <param name="Email">The bytes and structure; copies share it.</param>
/// <param name="ModSeq">When flags or keywords last changed, or the message came.</param>
/// <param name="Flags">System flags.</param>
/// <param name="Keywords">Keywords, by <see cref="KeywordTable"/>.</param>
/// <param name="Size">Bytes of the whole message (RFC822.SIZE).</param>
/// <param name="Received">Internal date.</param>
/// <param name="SavedSeconds">When it was put into this mailbox (RFC 8514), Unix seconds.</param>
public readonly record struct MessageRow(
    Uid Uid, EmailId Email, ModSeq ModSeq, MessageFlags Flags, KeywordSetId Keywords, uint Size, InternalDate Received, uint SavedSeconds);
