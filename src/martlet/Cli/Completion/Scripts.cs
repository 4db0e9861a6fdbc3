namespace Martlet.Cli.Completion;

/// <summary>The scripts that make shells ask the program. They know nothing of its commands, so that they need no change when those do.</summary>
internal static class Scripts
{
    /// <summary>The script of each shell, by its name.</summary>
    public static readonly (string Shell, string Text)[] All = [("bash", Bash), ("zsh", Zsh), ("fish", Fish)];

    private const string Bash = """
        # Completion of martlet in bash.
        _martlet() {
            local IFS=$'\n' current=${COMP_WORDS[COMP_CWORD]} word about last= i
            local -a words=()
            # Bash splits words at = : and @ too; put them together again.
            for ((i = 1; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if ((${#words[@]})) && { [[ $word == [=:@]* ]] || [[ $last == [=:@] ]]; }; then
                    words[${#words[@]}-1]+=$word
                else
                    words+=("$word")
                fi
                last=$word
            done
            [[ $current == [=:@] ]] && current=
            local whole=${words[${#words[@]}-1]}
            local before=${whole%"$current"}
            COMPREPLY=()
            while IFS=$'\t' read -r word about; do
                case $word in
                    :files) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$current")) ;;
                    :folders) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$current")) ;;
                    *) COMPREPLY+=("${word#"$before"}") ;;
                esac
            done < <("${COMP_WORDS[0]}" completion suggest "${words[@]}" 2>/dev/null)
        }
        complete -o nosort -F _martlet martlet

        """;

    private const string Zsh = """
        #compdef martlet
        # Completion of martlet in zsh.
        _martlet() {
            local word about
            local -a found
            while IFS=$'\t' read -r word about; do
                case $word in
                    :files) _files ;;
                    :folders) _files -/ ;;
                    *) found+=("${word//:/\\:}:$about") ;;
                esac
            done < <("${(Q)words[1]}" completion suggest "${(@Q)words[2,CURRENT]}" 2>/dev/null)
            (( $#found )) && _describe -V 'martlet' found
        }
        if [[ $funcstack[1] == _martlet ]]; then
            _martlet "$@"
        else
            compdef _martlet martlet
        fi

        """;

    private const string Fish = """
        # Completion of martlet in fish.
        function __martlet_suggest
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            for line in ($words[1] completion suggest $words[2..] "$current" 2>/dev/null)
                switch $line
                    case ':files'
                        __fish_complete_path "$current"
                    case ':folders'
                        __fish_complete_directories "$current" ''
                    case '*'
                        echo $line
                end
            end
        end
        complete -c martlet -f -k -a '(__martlet_suggest)'

        """;
}
