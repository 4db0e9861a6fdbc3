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

public sealed class SqliteViewTests : ViewContract<SqliteUnderTest>;

public sealed class SqliteCacheTests : CacheContract<SqliteUnderTest>;

public sealed class SqliteLargeMessageTests : LargeMessageContract<SqliteUnderTest>;

public sealed class SqliteHousekeepingTests : HousekeepingContract<SqliteUnderTest>;
