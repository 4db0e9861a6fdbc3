namespace Martlet.SystemTests.Clients.Logins;

/// <summary>A client's key with a certificate around it, as PEM files.</summary>
/// <param name="Certificate">Path of the certificate.</param>
/// <param name="Key">Path of the private key.</param>
/// <param name="Both">Path of a file with both.</param>
internal sealed record ClientKeyFile(string Certificate, string Key, string Both);
