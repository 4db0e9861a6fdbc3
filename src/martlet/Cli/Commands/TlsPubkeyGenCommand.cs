using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Martlet.Network.Tls;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config tlspubkey gen. Needs no server: it makes files, and what a server must know of them goes through <c>add</c>.</summary>
internal static class TlsPubkeyGenCommand
{
    private const int PasswordCharsMax = 200;

    private static readonly (string Word, ClientKeyAlgorithm Algorithm)[] Types =
        [("p256", ClientKeyAlgorithm.P256), ("ed25519", ClientKeyAlgorithm.Ed25519), ("rsa", ClientKeyAlgorithm.Rsa)];

    public static Command Create(Terminal terminal)
    {
        var stem = new Argument<string>("STEM") { Description = "Where to put the files, without their endings; its last part is also the name in the certificate." };
        var type = new Option<string>("--type") { HelpName = "TYPE", Description = "p256, ed25519 or rsa (3072 bits); p256 when it is not given.", DefaultValueFactory = _ => Types[0].Word };
        var passwordFile = new Option<string?>("--p12-password-file")
        {
            HelpName = "FILE",
            Description = "The password of the .p12 file is the first line of this file. Otherwise one is made and shown once.",
        };
        var command = new MartletCommand("gen", "Makes a key for a mail program, with a certificate around it.")
        {
            Details = "Writes STEM.key.pem, STEM.cert.pem, STEM.pem (both in one) and STEM.p12 (both, under a password: for phones, Thunderbird and Apple Mail), which must "
                + "not exist yet. All but the certificate are for their owner's eyes only. No server is needed, and none learns of the key: martlet config tlspubkey add "
                + "does that. Every program can use p256. ed25519 is shorter, but phones, Thunderbird and Apple Mail may not take it; rsa is for old programs.",
            Examples = ["martlet config tlspubkey gen ada-phone", "martlet config tlspubkey gen ~/keys/ada-laptop --type ed25519"],
        };
        type.CompletionSources.Add([.. Types.Select(row => row.Word)]);
        command.Add(stem);
        command.Add(type);
        command.Add(passwordFile);
        command.SetAction(line => Run(line.GetRequiredValue(stem), line.GetRequiredValue(type), line.GetValue(passwordFile), terminal));
        return command;
    }

    private static int Run(string stem, string type, string? passwordFile, Terminal terminal)
    {
        var name = Path.GetFileName(stem).Trim();
        if (name.Length is 0 or > ClientKeyFiles.NameLengthMax || !ClientKeyPem.IsPrintable(name))
        {
            throw new UsageException($"the last part of STEM is a name of 1 to {ClientKeyFiles.NameLengthMax} characters.");
        }

        var kind = Array.FindIndex(Types, row => row.Word == type);
        if (kind < 0)
        {
            throw new UsageException($"'{type}' is not a type of key; there are {string.Join(", ", Types.Select(row => row.Word))}.");
        }

        var password = passwordFile is null ? PasswordOptions.Generate() : ReadPassword(passwordFile);
        var (keyPath, certificatePath, bothPath, pkcs12Path) = (stem + ".key.pem", stem + ".cert.pem", stem + ".pem", stem + ".p12");
        if (new[] { keyPath, certificatePath, bothPath, pkcs12Path }.FirstOrDefault(Path.Exists) is { } taken)
        {
            return AdminLink.Show(AdminReply.Refused($"{taken} exists already and is not overwritten; nothing done."), terminal);
        }

        var made = ClientKeyFiles.Make(Types[kind].Algorithm, name, password, TimeProvider.System.GetUtcNow());
        using (var files = new NewFiles())
        {
            files.Write(keyPath, Encoding.ASCII.GetBytes(made.KeyPem), isSecret: true);
            files.Write(certificatePath, Encoding.ASCII.GetBytes(made.CertificatePem), isSecret: false);
            files.Write(bothPath, Encoding.ASCII.GetBytes(made.CombinedPem), isSecret: true);
            files.Write(pkcs12Path, made.Pkcs12, isSecret: true);
            files.Keep();
        }

        terminal.Print(terminal.IsJson ? Json(made, [keyPath, certificatePath, bothPath, pkcs12Path], passwordFile is null ? password : null) : $"""
            {keyPath}   the key; keep it to yourself
            {certificatePath}  its certificate, which the server needs
            {bothPath}       both
            {pkcs12Path}       both, under a password, for phones and other programs with windows

            Type:         {made.Key.Type}
            Fingerprint:  {made.Key.Fingerprint}
            {(passwordFile is null ? $"Password of {pkcs12Path}: {password}\n" : "")}
            Next, let it log in, and try it (HOST is the server's name):
              martlet config tlspubkey add ADDRESS < {certificatePath}
              openssl s_client -quiet -crlf -connect HOST:993 -cert {certificatePath} -key {keyPath}

            """);
        return ExitCodes.Done;
    }

    private static string Json(ClientKeyFiles made, string[] paths, string? password)
    {
        var value = new JsonObject
        {
            ["status"] = "done",
            ["text"] = "The key is made.",
            ["key"] = paths[0],
            ["certificate"] = paths[1],
            ["both"] = paths[2],
            ["pkcs12"] = paths[3],
            ["type"] = made.Key.Type,
            ["fingerprint"] = made.Key.Fingerprint,
        };
        if (password is not null)
        {
            value["password"] = password;
        }

        return JsonOutput.Text(value);
    }

    // What ClientKeyFiles asks for; empty ones are refused by Apple's programs.
    private static string ReadPassword(string path)
    {
        using var reader = new StreamReader(path);
        var text = new char[PasswordCharsMax + 2];
        var password = new string(text, 0, reader.ReadBlock(text)).Split('\n')[0].TrimEnd('\r');
        return password.Length is > 0 and <= PasswordCharsMax && !password.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? password
            : throw new UsageException($"the first line of {path} must be a password of 1 to {PasswordCharsMax} ASCII characters: programs disagree about others.");
    }
}
