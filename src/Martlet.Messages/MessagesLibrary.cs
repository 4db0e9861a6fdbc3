using System.Runtime.CompilerServices;
using System.Text;

namespace Martlet.Messages;

/// <summary>What has to happen once before the library works.</summary>
public static class MessagesLibrary
{
    /// <summary>
    /// Registers the code pages of the mail world (windows-1252, koi8-r, shift_jis and the like). It runs by itself before the first use of a type of this
    /// library; a program that uses MimeKit before that calls it first, because MimeKit keeps what it finds at its first use for ever.
    /// </summary>
    /// <remarks>May be called any number of times.</remarks>
#pragma warning disable CA2255 // A module initializer in a library: the order matters, see above, and nobody should have to know.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Initialize() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
