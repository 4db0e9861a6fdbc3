using System.Buffers;
using System.Globalization;
using Martlet.Messages.Files;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>Writes one mailbox as a folder of a Maildir++, with the names of its keywords.</summary>
/// <param name="archive">Where to.</param>
/// <param name="folder">Folder, empty for the top.</param>
/// <param name="mailbox">The mailbox.</param>
/// <param name="date">Date of the folders.</param>
/// <param name="news">Hears of keywords that a Maildir cannot keep.</param>
internal sealed class MaildirWriter(ArchiveWriter archive, string folder, Mailbox mailbox, DateTimeOffset date, TransferNews news)
{
    private readonly Dictionary<string, int> _letters = new(StringComparer.OrdinalIgnoreCase);
    private readonly ArrayBufferWriter<byte> _converted = new();
    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the folders and gives letters to the keywords that most messages have.</summary>
    public async Task BeginAsync(IReadOnlyDictionary<KeywordSetId, int> sets, CancellationToken cancel)
    {
        if (folder.Length > 0)
        {
            await archive.AddFolderAsync(folder, date, cancel);
        }

        foreach (var name in new[] { "cur", "new", "tmp" })
        {
            await archive.AddFolderAsync(At(name), date, cancel);
        }

        if (folder.Length > 0)
        {
            // Marks a folder of Maildir++ for delivery programs.
            await AddAsync("maildirfolder", [], cancel);
        }

        var table = mailbox.Account.Keywords;
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (set, count) in sets)
        {
            foreach (var keyword in table.Members(set))
            {
                counts[table.Name(keyword)] = counts.GetValueOrDefault(table.Name(keyword)) + count;
            }
        }

        var names = counts.OrderByDescending(keyword => keyword.Value).ThenBy(keyword => keyword.Key, StringComparer.Ordinal).Select(keyword => keyword.Key).Take(MaildirName.LettersMax).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            _letters[names[i]] = i;
        }

        if (names.Count > 0)
        {
            await AddAsync(DovecotKeywords.FileName, DovecotKeywords.Format(names), cancel);
        }
    }

    /// <summary>Writes a message.</summary>
    public async Task WriteAsync(MessageRow row, StoredMessage message, LineEnds ends, CancellationToken cancel)
    {
        var received = row.Received.ToDateTimeOffset();
        var unique = string.Create(CultureInfo.InvariantCulture, $"V{mailbox.Info.UidValidity.Value}U{row.Uid.Value}.martlet");
        var name = MaildirName.Format(received, unique, ends.FileBytes, message.Length, (FileFlags)row.Flags, await LettersAsync(row));
        await archive.BeginFileAsync(At("cur/" + name), received, ends.FileBytes, cancel);
        var isCrDue = false;
        for (long at = 0; at < message.Length;)
        {
            var piece = message.Read(at);
            at += piece.Length;
            if (ends.IsConverted)
            {
                _converted.ResetWrittenCount();
                isCrDue = LineEnds.Convert(piece.Span, isCrDue, _converted);
                piece = _converted.WrittenMemory;
            }

            await archive.WriteAsync(piece, cancel);
        }

        if (isCrDue)
        {
            await archive.WriteAsync(new[] { (byte)'\r' }, cancel);
        }

        await archive.EndFileAsync(cancel);
    }

    private string At(string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private async Task AddAsync(string name, byte[] content, CancellationToken cancel)
    {
        await archive.BeginFileAsync(At(name), date, content.Length, cancel);
        await archive.WriteAsync(content, cancel);
        await archive.EndFileAsync(cancel);
    }

    private async ValueTask<uint> LettersAsync(MessageRow row)
    {
        var letters = 0u;
        var table = mailbox.Account.Keywords;
        foreach (var keyword in table.Members(row.Keywords))
        {
            var name = table.Name(keyword);
            if (_letters.TryGetValue(name, out var letter))
            {
                letters |= 1u << letter;
            }
            else if (_lost.Add(name))
            {
                await news.NoteAsync(mailbox.Info.Name, $"the keyword {name} is not in the export: a Maildir has room for the {MaildirName.LettersMax} that are used most in a folder, mbox for all");
            }
        }

        return letters;
    }
}
