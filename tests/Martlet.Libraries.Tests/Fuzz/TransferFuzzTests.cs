using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>The corpora of archives, Maildirs and messages for mbox files, and seeded mutations of them.</summary>
public sealed class TransferFuzzTests
{
    [Fact]
    public void Tar_files_never_break_the_reader() => ImapFuzzTests.Replay("tar", 41, ArchiveTarget.RunTar);

    [Fact]
    public void Zip_files_never_break_the_reader() => ImapFuzzTests.Replay("zip", 42, ArchiveTarget.RunZip);

    [Fact]
    public void Maildirs_never_break_their_readers() => ImapFuzzTests.Replay("maildir", 43, MaildirTarget.Run);

    [Fact]
    public void Messages_come_back_from_mbox_files() => ImapFuzzTests.Replay("mboxwriter", 44, MboxWriterTarget.Run);
}
