using Martlet.Server.Smtp;

namespace Martlet.Testing;

/// <summary>The SMTP listeners of a mail server, for <see cref="TestServerOptions.Services"/>: <c>smtp</c>, <c>submission</c> and, with TLS from the first byte, <c>submissions</c>; the latter two with a key as <c>phone-starttls</c> and <c>phone</c>.</summary>
public static class SmtpServices
{
    /// <summary>Our name in greetings and trace fields.</summary>
    public const string Hostname = "mx.example.org";

    /// <summary>All three.</summary>
    /// <param name="configure">Changes limits and switches.</param>
    public static IReadOnlyList<TestService> All(Func<SmtpOptions, SmtpOptions>? configure = null) =>
    [
        Create("smtp", SmtpRole.Incoming, usesTls: false, configure),
        Create("submission", SmtpRole.Submission, usesTls: false, configure),
        Create("submissions", SmtpRole.Submission, usesTls: true, configure),
        Create("phone", SmtpRole.Submission, usesTls: true, configure) with { ClientIdentity = TestKeys.Phone },
        Create("phone-starttls", SmtpRole.Submission, usesTls: false, configure) with { ClientIdentity = TestKeys.Phone },
    ];

    private static TestService Create(string name, SmtpRole role, bool usesTls, Func<SmtpOptions, SmtpOptions>? configure) => new(
        name,
        server =>
        {
            var options = new SmtpOptions { Hostname = Hostname, Role = role };
            return new SmtpService(configure?.Invoke(options) ?? options, server.Store, server.Authenticator, TestServer.Tls, server.Log) { Observation = server.Observation };
        },
        usesTls)
    {
        AsksForClientKey = role == SmtpRole.Submission,
    };
}
