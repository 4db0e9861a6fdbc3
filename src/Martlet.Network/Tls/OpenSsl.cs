using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Martlet.Network.Tls;

/// <summary>
/// What OpenSSL knows about a connection and <see cref="SslStream"/> does not tell yet. Reaches the library's object through a private field:
/// nothing here is used before <see cref="OpenSslCheck"/> has seen it work in this process.
/// </summary>
/// <remarks>Not while another thread starts or ends the stream. Nothing here throws because a field, type or library is missing: it then knows nothing.</remarks>
internal static class OpenSsl
{
    // The library that the runtime itself has loaded.
    private const string Library = "libssl.so.3";
    private const string HandleField = "_securityContext";
    private const string HandleType = "SafeSslHandle";
    private const int GetExtendedMasterSecret = 122; // SSL_CTRL_GET_EXTMS_SUPPORT

    private static readonly FieldInfo? Field = FindField();

    /// <summary>
    /// Keying material of the connection (RFC 5705 §4, RFC 8446 §7.5), without a context. For TLS 1.2 RFC 9266 §2 can be read as asking for an empty context, which is
    /// something else there; GnuTLS, OpenSSL's tool and BouncyCastle all leave it out.
    /// </summary>
    /// <returns>Null when it cannot be had.</returns>
    public static byte[]? ExportKeyingMaterial(SslStream tls, ReadOnlySpan<byte> label, int length)
    {
        var name = label.ToArray();
        var material = new byte[length];
        return Use(tls, ssl => SSL_export_keying_material(ssl, material, (nuint)length, name, (nuint)name.Length, context: 0, contextLength: 0, useContext: 0)) == 1 ? material : null;
    }

    /// <summary>Whether the master secret is bound to the handshake (RFC 7627). Means nothing for TLS 1.3, where it always is.</summary>
    public static bool HasExtendedMasterSecret(SslStream tls) => Use(tls, ssl => SSL_ctrl(ssl, GetExtendedMasterSecret, 0, 0)) == 1;

    /// <summary>Calls the library while the handle cannot be freed; 0 when there is none.</summary>
    private static nint Use(SslStream tls, Func<nint, nint> call)
    {
        // The type's name is compared, so that after a change in the runtime no other pointer is taken for an SSL object.
        if (Field?.GetValue(tls) is not SafeHandle { IsInvalid: false, IsClosed: false } handle || handle.GetType().Name != HandleType)
        {
            return 0;
        }

        var isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return call(handle.DangerousGetHandle());
        }
        catch (Exception e) when (e is ObjectDisposedException or DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    [DynamicDependency(HandleField, typeof(SslStream))] // Keeps the field when the program is trimmed.
    private static FieldInfo? FindField() => typeof(SslStream).GetField(HandleField, BindingFlags.NonPublic | BindingFlags.Instance);

#pragma warning disable SYSLIB1054 // The generated form needs unsafe code.
    [DllImport(Library, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SSL_export_keying_material(nint ssl, byte[] output, nuint length, byte[] label, nuint labelLength, nint context, nuint contextLength, int useContext);

    [DllImport(Library, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SSL_ctrl(nint ssl, int command, nint number, nint pointer);
#pragma warning restore SYSLIB1054
}
