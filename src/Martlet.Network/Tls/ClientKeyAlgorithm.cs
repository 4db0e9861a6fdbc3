namespace Martlet.Network.Tls;

/// <summary>Kinds of keys that are made for clients.</summary>
public enum ClientKeyAlgorithm
{
    /// <summary>ECDSA on P-256: every program can use it.</summary>
    P256,

    /// <summary>Ed25519: short and quick; some programs and key stores cannot use it.</summary>
    Ed25519,

    /// <summary>RSA of 3072 bits: for old programs.</summary>
    Rsa,
}
