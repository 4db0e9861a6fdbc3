using Martlet.Store.Tests.Support;

namespace Martlet.Store.Tests.Contract;

// The embedded engine under the whole contract; another engine adds a file like this one.
public sealed class SqliteAppendTests : AppendContract<SqliteUnderTest>;

public sealed class SqliteFlagTests : FlagContract<SqliteUnderTest>;

public sealed class SqliteCopyTests : CopyContract<SqliteUnderTest>;

public sealed class SqliteReplaceTests : ReplaceContract<SqliteUnderTest>;

public sealed class SqliteExpungeTests : ExpungeContract<SqliteUnderTest>;

public sealed class SqliteMailboxTests : MailboxContract<SqliteUnderTest>;

public sealed class SqliteAccountTests : AccountContract<SqliteUnderTest>;

public sealed class SqliteSettingsTests : SettingsContract<SqliteUnderTest>;

public sealed class SqliteAccessTests : AccessContract<SqliteUnderTest>;

public sealed class SqliteAnnotationTests : AnnotationContract<SqliteUnderTest>;

public sealed class SqliteViewTests : ViewContract<SqliteUnderTest>;

public sealed class SqliteCacheTests : CacheContract<SqliteUnderTest>;

public sealed class SqliteLargeMessageTests : LargeMessageContract<SqliteUnderTest>;

public sealed class SqliteHousekeepingTests : HousekeepingContract<SqliteUnderTest>;

public sealed class SqliteSnapshotTests : SnapshotContract<SqliteUnderTest>;

public sealed class SqliteHistoryTests : HistoryContract<SqliteUnderTest>;

public sealed class SqliteLoginTests : LoginContract<SqliteUnderTest>;

public sealed class SqliteKeywordTests : KeywordContract<SqliteUnderTest>;

public sealed class SqliteObserverTests : ObserverContract<SqliteUnderTest>;

// What flags have to do with, once more with all of them in the log.
public sealed class SqliteLoggedFlagTests : FlagContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedCopyTests : CopyContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedViewTests : ViewContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedCacheTests : CacheContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedMailboxTests : MailboxContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedSnapshotTests : SnapshotContract<LoggingSqliteUnderTest>;

public sealed class SqliteLoggedKeywordTests : KeywordContract<LoggingSqliteUnderTest>;
