using System.Text;
using Martlet.Cli;

// Before anything reads a message: mail still comes in the charsets of old code pages.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

return await CommandTree.RunAsync(args, new Terminal());
