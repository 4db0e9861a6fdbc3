using Martlet.Messages.Headers;
using Martlet.Messages.Mime;

namespace Martlet.Fuzz.Targets;

/// <summary>Any bytes are an address list: groups are balanced, no value has a line end or NUL.</summary>
public static class AddressListTarget
{
    /// <summary>Runs the target once.</summary>
    /// <param name="input">A field value.</param>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var limits = new MimeLimits { AddressesMax = 50 };
        var isInGroup = false;
        var count = 0;
        foreach (var address in new AddressListView(AddressListParser.Parse(input, limits)))
        {
            count++;
            Target.That(address.IsGroupStart ? !isInGroup : !address.IsGroupEnd || isInGroup, "Groups are balanced.");
            isInGroup = address.IsGroupStart || isInGroup && !address.IsGroupEnd;
            Target.That(
                !address.Name.Value.ContainsAny("\r\n\0"u8) && !address.Mailbox.Value.ContainsAny("\r\n\0"u8) && !address.Host.Value.ContainsAny("\r\n\0"u8),
                "Values are one line.");
        }

        Target.That(!isInGroup, "The last group is closed.");
        Target.That(count <= limits.AddressesMax + 1, "Not more than allowed, and one group end.");
        Target.That(count <= input.Length + 1, "Not more than there can be.");
    }
}
