namespace Martlet.Store.Changes;

/// <summary>Who asked for a change, for those who keep record of it; nothing in the store depends on it. Others derive from it to say more.</summary>
/// <param name="By">A word: imap, smtp, submission, import, admin.</param>
/// <param name="Id">Name of the connection or transaction in the logs; empty when there is none.</param>
public record ChangeOrigin(string By, string Id);
