using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl.Precis;

namespace Martlet.Protocols.Sasl.CramMd5;

/// <summary>
/// What a server keeps for CRAM-MD5: the two states of HMAC-MD5 after the padded password (RFC 2195 §2, RFC 2104 §4), from which the password does not follow.
/// Whoever steals it can log in by this mechanism, and try passwords fast: to be stored only for those who need the mechanism.
/// </summary>
/// <remarks>Text form: <c>CRAM-MD5$inner:outer</c>, in base64.</remarks>
public sealed record CramMd5Secret : SaslSecret
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "CRAM-MD5";

    /// <summary>Length of a state.</summary>
    public const int StateBytes = 16;

    /// <summary>Makes one of its parts.</summary>
    /// <exception cref="ArgumentException">A part is not <see cref="StateBytes"/> long.</exception>
    public CramMd5Secret(ReadOnlyMemory<byte> inner, ReadOnlyMemory<byte> outer)
    {
        if (inner.Length != StateBytes || outer.Length != StateBytes)
        {
            throw new ArgumentException("A state has 16 bytes.", nameof(inner));
        }

        (Inner, Outer) = (inner, outer);
    }

    /// <summary>MD5 after the password XOR ipad.</summary>
    public ReadOnlyMemory<byte> Inner { get; }

    /// <summary>MD5 after the password XOR opad.</summary>
    public ReadOnlyMemory<byte> Outer { get; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Makes the secret of a password, prepared by the OpaqueString profile (RFC 8265 §4.2); null when the profile refuses it.</summary>
    public static CramMd5Secret? FromPassword(string password) =>
        OpaqueString.TryEnforce(password, out var prepared) ? FromBytes(Encoding.UTF8.GetBytes(prepared)) : null;

    /// <inheritdoc/>
    public override string Encode() => $"{KindName}${Convert.ToBase64String(Inner.Span)}:{Convert.ToBase64String(Outer.Span)}";

    /// <summary>Whether both states are the same.</summary>
    public bool Equals(CramMd5Secret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(Inner.Span, other.Inner.Span)
        && CryptographicOperations.FixedTimeEquals(Outer.Span, other.Outer.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var code = new HashCode();
        code.AddBytes(Inner.Span);
        return code.ToHashCode();
    }

    internal static CramMd5Secret? Parse(string encoded) =>
        encoded.Split('$') is [KindName, var states] && states.Split(':') is [var innerText, var outerText]
        && StrictBase64.TryDecode(innerText, out var inner) && inner.Length == StateBytes
        && StrictBase64.TryDecode(outerText, out var outer) && outer.Length == StateBytes
            ? new CramMd5Secret(inner, outer)
            : null;

    /// <summary>Makes the secret of a key as it is (RFC 2104 §2), and clears the key.</summary>
    internal static CramMd5Secret FromBytes(byte[] key)
    {
        Span<byte> block = stackalloc byte[Md5State.BlockBytes];
        block.Clear();
        if (key.Length > block.Length)
        {
            Md5State.Initial.Finish(key, bytesBefore: 0, block);
        }
        else
        {
            key.CopyTo(block);
        }

        CryptographicOperations.ZeroMemory(key);
        var secret = new CramMd5Secret(After(block, 0x36), After(block, 0x5C));
        CryptographicOperations.ZeroMemory(block);
        return secret;
    }

    /// <summary>HMAC-MD5 of a text with the password.</summary>
    internal byte[] Digest(ReadOnlySpan<byte> text)
    {
        var digest = new byte[StateBytes];
        Md5State.Read(Inner.Span).Finish(text, Md5State.BlockBytes, digest);
        Md5State.Read(Outer.Span).Finish(digest.AsSpan(), Md5State.BlockBytes, digest);
        return digest;
    }

    private static byte[] After(ReadOnlySpan<byte> block, byte pad)
    {
        Span<byte> padded = stackalloc byte[Md5State.BlockBytes];
        for (var i = 0; i < padded.Length; i++)
        {
            padded[i] = (byte)(block[i] ^ pad);
        }

        var state = new byte[StateBytes];
        Md5State.Initial.Append(padded).Write(state);
        CryptographicOperations.ZeroMemory(padded);
        return state;
    }
}
