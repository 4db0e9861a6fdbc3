using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Martlet.Server.Accounts;

/// <summary>Under what a login is counted: its three networks, its name, and both together.</summary>
/// <param name="Narrow">IPv4 address or IPv6 /64.</param>
/// <param name="Middle">IPv4 /26 or IPv6 /48.</param>
/// <param name="Wide">IPv4 /21 or IPv6 /32.</param>
/// <param name="Name">Login name; null when none is known.</param>
/// <param name="Home">Name and narrow network; null when no name is known.</param>
internal readonly record struct ThrottleKeys(UInt128 Narrow, UInt128 Middle, UInt128 Wide, UInt128? Name, UInt128? Home);

/// <summary>Makes the keys: hashes under a key of the process, so that no peer can choose names or networks that meet in a table, and long names cost no memory.</summary>
internal sealed class ThrottleKeyMaker
{
    private const byte ForNetwork = 1;
    private const byte ForName = 2;
    private const byte ForHome = 3;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public ThrottleKeys Make(IPAddress remote, string name)
    {
        Span<byte> bytes = stackalloc byte[16];
        // A dual-stack socket gives IPv4 peers as ::ffff:192.0.2.1; all of them would share one /64.
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        address.TryWriteBytes(bytes, out var length);
        bytes = bytes[..length];
        var (narrow, middle, wide) = length == 4 ? (Network(bytes, 32), Network(bytes, 26), Network(bytes, 21)) : (Network(bytes, 64), Network(bytes, 48), Network(bytes, 32));
        return name.Length == 0
            ? new ThrottleKeys(narrow, middle, wide, Name: null, Home: null)
            : new ThrottleKeys(narrow, middle, wide, Hash(ForName, default, name), Home(narrow, name));
    }

    public UInt128 Home(UInt128 narrow, string name)
    {
        Span<byte> network = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(network, narrow);
        return Hash(ForHome, network, name);
    }

    private UInt128 Network(ReadOnlySpan<byte> address, int bits)
    {
        Span<byte> masked = stackalloc byte[18];
        masked.Clear();
        (masked[0], masked[1]) = ((byte)address.Length, (byte)bits);
        address[..((bits + 7) / 8)].CopyTo(masked[2..]);
        if (bits % 8 != 0)
        {
            masked[2 + (bits / 8)] &= (byte)(0xFF << (8 - (bits % 8)));
        }

        return Hash(ForNetwork, masked, "");
    }

    private UInt128 Hash(byte use, ReadOnlySpan<byte> network, string name)
    {
        Span<byte> digest = stackalloc byte[32];
        byte[] data = [use, .. network, .. Encoding.UTF8.GetBytes(name)];
        HMACSHA256.HashData(_key, data, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
