using System.Security;
using System.Security.Cryptography;
using System.Text;
using Martlet.Network.Tls;

namespace Martlet.Web.Account;

/// <summary>A key as an Apple configuration profile, so that an iPhone or a Mac takes it into its keychain. The device asks for the file's password: it is not in the profile.</summary>
internal static class AppleIdentity
{
    /// <summary>The profile.</summary>
    /// <param name="name">What the device shows.</param>
    /// <param name="made">The key.</param>
    public static string Profile(string name, ClientKeyFiles made)
    {
        var shown = SecurityElement.Escape(name);
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
              <key>PayloadType</key><string>Configuration</string>
              <key>PayloadVersion</key><integer>1</integer>
              <key>PayloadIdentifier</key><string>martlet.key.{made.Key.Fingerprint}</string>
              <key>PayloadUUID</key><string>{Uuid(made, "profile")}</string>
              <key>PayloadDisplayName</key><string>{shown}</string>
              <key>PayloadDescription</key><string>A key for mail. Choose it as the certificate in the account's settings.</string>
              <key>PayloadContent</key>
              <array>
                <dict>
                  <key>PayloadType</key><string>com.apple.security.pkcs12</string>
                  <key>PayloadVersion</key><integer>1</integer>
                  <key>PayloadIdentifier</key><string>martlet.key.{made.Key.Fingerprint}.identity</string>
                  <key>PayloadUUID</key><string>{Uuid(made, "identity")}</string>
                  <key>PayloadDisplayName</key><string>{shown}</string>
                  <key>PayloadCertificateFileName</key><string>key.p12</string>
                  <key>PayloadContent</key><data>{Convert.ToBase64String(made.Pkcs12)}</data>
                </dict>
              </array>
            </dict>
            </plist>

            """;
    }

    // The same for the same key, so that a profile that is installed again replaces itself.
    private static Guid Uuid(ClientKeyFiles made, string part) => new(SHA256.HashData(Encoding.ASCII.GetBytes($"{made.Key.Fingerprint} {part}")).AsSpan(0, 16));
}
