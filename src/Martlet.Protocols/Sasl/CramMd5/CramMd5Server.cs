using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Sasl.CramMd5;

/// <summary>
/// CRAM-MD5: the client signs a challenge with the password (RFC 2195). Old, without proof of the server and without channel binding; some clients have nothing
/// better.
/// </summary>
/// <param name="challenge">From <see cref="MakeChallenge"/>, for this exchange only.</param>
/// <param name="decoy">Stands in for accounts that do not exist.</param>
/// <param name="limits">Limits.</param>
public sealed class CramMd5Server(string challenge, SaslDecoy decoy, SaslLimits limits) : ISaslServer
{
    /// <summary>Registered name.</summary>
    public const string Name = CramMd5Secret.KindName;

    /// <summary>Fewest random bytes of a challenge.</summary>
    public const int RandomBytesMin = 16;

    private const int DigestChars = 32;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    private readonly byte[] _challenge = Encoding.ASCII.GetBytes(challenge);
    private string? _name;
    private byte[] _digest = [];
    private bool _isOver;

    /// <inheritdoc/>
    public string Mechanism => Name;

    /// <inheritdoc/>
    public bool TakesInitialResponse => false;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FirstChallenge => _challenge;

    /// <summary>A challenge of the form <c>&lt;random.timestamp@host&gt;</c> (RFC 2195 §2).</summary>
    /// <param name="random">Bytes of a cryptographic source, at least <see cref="RandomBytesMin"/>: a challenge that comes twice lets an answer be used twice.</param>
    /// <param name="timestamp">Any number of the time.</param>
    /// <param name="host">Our name.</param>
    public static string MakeChallenge(ReadOnlySpan<byte> random, long timestamp, string host) =>
        random.Length >= RandomBytesMin
            ? string.Create(CultureInfo.InvariantCulture, $"<{Convert.ToHexStringLower(random)}.{timestamp}@{host}>")
            : throw new ArgumentException($"At least {RandomBytesMin} random bytes.", nameof(random));

    /// <inheritdoc/>
    public SaslStep Step(ReadOnlySpan<byte> response)
    {
        if (_name is not null || _isOver)
        {
            throw new InvalidOperationException("The exchange waits for a secret, or is over.");
        }

        // A name may have spaces, a digest cannot.
        var nameLength = response.Length - DigestChars - 1;
        if (nameLength < 1 || nameLength > limits.NameBytesMax || response[nameLength] != ' '
            || response[(nameLength + 1)..].IndexOfAnyExcept(LowerHex) >= 0
            || response.Contains((byte)0) || !Utf8.IsValid(response))
        {
            _isOver = true;
            return new SaslStep.Failed(SaslFailure.Malformed);
        }

        _digest = Convert.FromHexString(Encoding.ASCII.GetString(response[(nameLength + 1)..]));
        _name = Encoding.UTF8.GetString(response[..nameLength]);
        return new SaslStep.NeedSecret(_name, AuthorizationId: "", CramMd5Secret.KindName);
    }

    /// <inheritdoc/>
    public SaslStep Resume(SaslSecret? stored)
    {
        if (_name is null || _isOver)
        {
            throw new InvalidOperationException("The exchange does not wait for a secret.");
        }

        if (stored is not (null or CramMd5Secret))
        {
            throw new ArgumentException($"A secret of {stored.Kind} is none of {Name}.", nameof(stored));
        }

        _isOver = true;

        // The decoy is made for known names too: the time says nothing.
        var spare = decoy.ForCramMd5(_name);
        var secret = stored as CramMd5Secret ?? spare;
        var isRight = CryptographicOperations.FixedTimeEquals(secret.Digest(_challenge), _digest) & stored is not null;
        return isRight
            ? new SaslStep.Proved(AuthorizationId: "", _name, ServerFinal: null)
            : new SaslStep.Failed(SaslFailure.BadCredentials);
    }
}
