using System.Text;
using Martlet.Load;
using Martlet.Load.Commands;
using Martlet.Load.Server;

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
try
{
    var arguments = Arguments.Parse(args);
    return arguments.Command switch
    {
        "floor" => await FloorCommand.RunAsync(arguments),
        "store" => await StoreCommand.RunAsync(arguments),
        "deliver" => await TrafficCommand.RunAsync(arguments, isSmtp: true),
        "append" => await TrafficCommand.RunAsync(arguments, isSmtp: false),
        "mailbox" => await MailboxCommand.RunAsync(arguments),
        "mix" => await MixCommand.RunAsync(arguments),
        "rows" => await RowsCommand.RunAsync(arguments),
        "idle" => await IdleCommand.RunAsync(arguments),
        "login" => await LoginCommand.RunAsync(arguments),
        "observe" => await ObserveCommand.RunAsync(arguments),
        "attack" => await AttackCommand.RunAsync(arguments),
        "start" => await StartCommand.RunAsync(arguments),
        "import" or "export" => await TransferCommand.RunAsync(arguments),
        "server" => await ServerMode.RunAsync(arguments),
        _ => Usage.Print(),
    };
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
