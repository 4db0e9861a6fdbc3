using System.Globalization;
using System.Runtime.InteropServices;
using Martlet.Messages.Mime;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>All emails against the messages that refer to them and the files that hold them; both are sorted, so one pass is enough.</summary>
internal sealed class EmailCheck(CheckContext context, LiveState? live)
{
    private readonly FileCheck _files = new(context, live);
    private int _at;

    private ReadOnlySpan<EmailUse> Uses => CollectionsMarshal.AsSpan(context.Uses);

    public void Run()
    {
        if (!context.TryRead("segments", _files.Load))
        {
            return;
        }

        if (context.TryRead("emails", () => context.Engine.ScanEmails(Take)))
        {
            while (_at < Uses.Length)
            {
                Missing(Uses[_at++]);
            }

            _files.Close();
        }
        else
        {
            NameUnreadable();
        }
    }

    private void Take(AccountId account, EmailId email, int references, in BlobRef blob, ReadOnlySpan<byte> meta)
    {
        context.Emails++;
        context.Bytes += blob.Length;
        while (_at < Uses.Length && Uses[_at].CompareTo(account, email) < 0)
        {
            Missing(Uses[_at++]);
        }

        var first = _at;
        while (_at < Uses.Length && Uses[_at].CompareTo(account, email) == 0)
        {
            if (Uses[_at].Size != blob.Length)
            {
                context.Lost(StoreInvariant.Sizes, context.NameOf(Uses[_at]), $"its size is {Uses[_at].Size} and its bytes are {blob.Length}");
            }

            _at++;
        }

        var where = _at > first ? context.NameOf(Uses[first]) : $"{context.NameOf(account)}, email {email} (in no mailbox)";
        var uses = _at - first;
        if (uses != references && !context.IsIncomplete)
        {
            context.Derived(StoreInvariant.References, where, $"its email counts {references} references, and {uses} messages have it");
            context.Repair?.AddReferences(account, email, uses - references, where);
        }

        var isReadable = _files.Take(account, email, blob, where);
        CheckStructure(account, email, blob, meta, where, isReadable);
    }

    private void CheckStructure(AccountId account, EmailId email, in BlobRef blob, ReadOnlySpan<byte> meta, string where, bool isReadable)
    {
        if (MessageMeta.TryRead(meta, out var read) && read.Root.End == blob.Length)
        {
            return;
        }

        var what = $"the stored structure {(read.Root.End == 0 ? "cannot be read" : string.Create(CultureInfo.InvariantCulture, $"ends at {read.Root.End} instead of {blob.Length}"))}";
        if (!isReadable)
        {
            context.Lost(StoreInvariant.Structures, where, what);
            return;
        }

        context.Derived(StoreInvariant.Structures, where, what);
        context.Repair?.Rescan(account, email, blob, where);
    }

    private void Missing(in EmailUse use) => context.Lost(StoreInvariant.Emails, context.NameOf(use), $"its email {use.Email} is missing: the message cannot be read");

    // The scan broke off at a damaged page: look each remaining email up by itself, so that the messages that are lost have names and the others do not.
    private void NameUnreadable()
    {
        for (; _at < Uses.Length; _at++)
        {
            var use = Uses[_at];
            try
            {
                var isThere = false;
                context.Engine.ReadEmails(use.Account, [use.Email], (EmailId _, in BlobRef _, ReadOnlySpan<byte> _) => isThere = true);
                if (!isThere)
                {
                    Missing(use);
                }
            }
            catch (StoreException e)
            {
                context.Lost(StoreInvariant.Emails, context.NameOf(use), $"its email cannot be read: {e.Message}");
            }
        }
    }
}
