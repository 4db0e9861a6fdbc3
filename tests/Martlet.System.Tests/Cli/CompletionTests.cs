using System.Diagnostics;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>What the program suggests, and what real shells make of it.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("acc", "account")]
    [InlineData("account e", "enable")]
    [InlineData("account add ada@example.org --gen", "--generate")]
    [InlineData("account add --gen", "--generate")]
    // What is given once is not offered again.
    [InlineData("account add --generate --gen", "")]
    [InlineData("config tlspubkey g", "get gen")]
    [InlineData("config tlspubkey gen x --type ", "p256 ed25519 rsa")]
    [InlineData("config tlspubkey gen x --type=r", "--type=rsa")]
    [InlineData("help account lo", "logins")]
    [InlineData("completion ", "bash zsh fish")]
    [InlineData("serve --config ", ":files")]
    [InlineData("localserve --data ", ":folders")]
    [InlineData("verify ", ":folders")]
    [InlineData("import mbox ", ":files")]
    [InlineData("nosuch ", "quickstart localserve serve")]
    [InlineData("account add -- --gen", "")]
    // Names that take several values hold them until the next option.
    [InlineData("account capabilities ada@example.org --hide A B --sh", "--show")]
    public async Task The_program_suggests_what_fits(string line, string expected)
    {
        var result = await MartletProgram.RunAsync(["completion", "suggest", .. line.Split(' ')]);

        Assert.Equal((0, ""), (result.Code, result.Error));
        var words = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(found => found.Split('\t')[0]);
        Assert.StartsWith(expected, string.Join(' ', words), StringComparison.Ordinal);
        Assert.True(expected.Length > 0 || !words.Any());
    }

    [Fact]
    public async Task A_suggestion_says_in_a_sentence_what_it_does()
    {
        var result = await MartletProgram.RunAsync("completion", "suggest", "domain", "");

        Assert.Contains("list\tLists the domains", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_without_a_script_is_told()
    {
        var result = await MartletProgram.RunAsync("completion", "tcsh");

        Assert.Equal(new ProgramResult(2, "", "martlet completion: there is no script for 'tcsh'; there are those for bash, zsh, fish.\nMore: martlet completion --help\n"), result);
    }

    [Theory]
    [InlineData("martlet acc", "account")]
    [InlineData("martlet account add --gen", "--generate")]
    [InlineData("martlet config tlspubkey gen x --type ", "p256 ed25519 rsa")]
    // Bash makes several words of these.
    [InlineData("martlet config tlspubkey gen x --type=r", "rsa")]
    [InlineData("martlet config tlspubkey gen x --type=", "p256 ed25519 rsa")]
    [InlineData("martlet account disable ada@example.org --con", "--config")]
    [InlineData("martlet account password ada@example.org --gen", "--generate")]
    [InlineData("martlet verify my-", "my-folder")]
    [InlineData("martlet serve --config my-fi", "my-file.conf")]
    public async Task Bash_completes(string line, string expected)
    {
        using var folder = await FolderAsync("bash");
        // As readline does: the function of the command, with the words as bash splits them.
        await File.WriteAllTextAsync(folder["try.bash"], """
            source ./script
            COMP_WORDBREAKS=$' \t\n"'"'"'><=;|&(:@'
            IFS=$'\n' read -r -d '' -a COMP_WORDS < <(grep -oE '[^ =:@]+|[=:@]' <<< "$1"; printf '\0')
            [[ $1 == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1}
            _martlet
            echo "${COMPREPLY[*]}"
            """);

        Assert.Equal(expected, await RunAsync(folder, "bash", "try.bash", line));
    }

    [Theory]
    [InlineData("martlet acc", "account")]
    [InlineData("martlet account add --gen", "--generate")]
    [InlineData("martlet config tlspubkey gen x --type ", "p256 ed25519 rsa")]
    [InlineData("martlet account disable ada@example.org --con", "--config")]
    [InlineData("martlet verify my-", "my-folder/")]
    public async Task Fish_completes(string line, string expected)
    {
        using var folder = await FolderAsync("fish");

        var output = await RunAsync(folder, "fish", "--no-config", "-c", $"source ./script; complete -C '{line}'");
        Assert.Equal(expected, string.Join(' ', output.Split('\n').Select(found => found.Split('\t')[0])));
    }

    [Theory]
    [InlineData("martlet acc", "martlet account")]
    [InlineData("martlet account pas", "martlet account password")]
    [InlineData("martlet account add --gen", "martlet account add --generate")]
    [InlineData("martlet config tlspubkey gen x --type e", "martlet config tlspubkey gen x --type ed25519")]
    [InlineData("martlet verify my-fo", "martlet verify my-folder/")]
    public async Task Zsh_completes(string line, string expected)
    {
        using var folder = await FolderAsync("zsh");
        // A zsh of its own on a terminal of its own: a key prints the line as it stands after completion.
        await File.WriteAllTextAsync(folder["try.zsh"], """
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner 'PS1= PS2= TERM=dumb; autoload -U compinit; compinit -u -D; source ./script; done-now() { print -r -- "<""<$BUFFER>"">"; exit }; zle -N done-now; bindkey "^X" done-now; print rea''dy'
            local all= part=
            while [[ $all != *$'\n'ready* ]] && zpty -r inner part; do all+=$part; done
            zpty -w -n inner "$1"$'\t'$'\x18'
            while [[ $all != *'>>'* ]] && zpty -r inner part; do all+=$part; done
            print -r -- ${${all##*<<}%%>>*}
            zpty -d inner
            """);

        Assert.Equal(expected, (await RunAsync(folder, "zsh", "-f", "try.zsh", line)).Trim());
    }

    private static async Task<TempFolder> FolderAsync(string shell)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, shell))), $"{shell} is not installed.");
        var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["script"], (await MartletProgram.RunAsync("completion", shell)).Out);
        await File.WriteAllTextAsync(folder["my-file.conf"], "");
        Directory.CreateDirectory(folder["my-folder"]);
        return folder;
    }

    private static async Task<string> RunAsync(TempFolder folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(MartletProgram.Path)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = folder.Path;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("", await error);
        return (await output).TrimEnd('\n');
    }
}
