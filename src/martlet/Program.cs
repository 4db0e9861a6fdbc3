using System.Text;
using Martlet.Cli;
using Martlet.Cli.Commands;

// Before anything reads a message: mail still comes in the charsets of old code pages.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

if (SendmailCommand.Find(args) is { } words)
{
    return await SendmailCommand.RunAsync(words);
}

return await CommandTree.RunAsync(args, new Terminal());
