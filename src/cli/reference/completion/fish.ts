import type { CommandFacts, OptionFacts, ProgramFacts, Value } from '../facts.js'
import { flagsByKind, placesOf, plainWords } from './words.js'

/** For fish 3 and newer. */
export const fishScript = (program: ProgramFacts): string => `\
# Completions of threadkeep for fish, made by: threadkeep completion fish
# What is typed is only compared, never evaluated.

# Whether the option $argv[2] of the command $argv[1] takes a value.
function __threadkeep_takes_value
    switch "$argv[1] $argv[2]"
        case ${[...valueFlags('*', program), ...program.commands.flatMap(command => valueFlags(command.name, command))].join(' ')}
            return 0
    end
    return 1
end

# The command and the arguments before the cursor, a line each.
function __threadkeep_typed
    set -l words (commandline -opc)
    set -e words[1]
    set -l command ''
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
        else if string match -q -- '-*' "$word"
            if __threadkeep_takes_value "$command" "$word"
                set skip yes
            end
        else
            test -z "$command"; and set command "$word"
            string collect -- "$word"
        end
    end
end

function __threadkeep_is
    set -l typed (__threadkeep_typed)
    test "$typed[1]" = "$argv[1]"
end

# What the next argument is: words, or the kind of it.
function __threadkeep_kind
    set -l typed (__threadkeep_typed)
    switch "$typed[1] "(count $typed)
${program.commands.map(argumentCases).filter(Boolean).join('\n')}
    end
end

function __threadkeep_takes_file
    set -l kind (__threadkeep_kind)
    test "$kind" = :file
end

function __threadkeep_arguments
    set -l token (commandline -ct)
    string match -q -- '-*' "$token"; and return
    set -l kind (__threadkeep_kind)
    switch "$kind"
        case ':groups' ':threads' ':selection'
            __threadkeep_names (string sub -s 2 -- $kind)
        case ':folder'
            __fish_complete_directories
        case ':*' ''
        case '*'
            string split ' ' -- $kind
    end
end

# Groups or threads of the archive that the line names, in the order of threadkeep.
function __threadkeep_names
    set -l token (commandline -ct | string replace -r -- '^--[a-z-]+=' '' | string collect)
    set -l db ''
    set -l next no
    for word in (commandline -opc)
        test $next = yes; and set db "$word"
        set next no
        test "$word" = --db; and set next yes
        string match -q -- '--db=*' "$word"; and set db (string replace -- --db= '' "$word" | string collect)
    end
    set db (string replace -r -- '^~/' $HOME/ "$db" | string collect)
    command threadkeep __complete $argv[1] --db="$db" -- "$token" 2>/dev/null
end

complete -c threadkeep -f
complete -c threadkeep -k -a '(__threadkeep_arguments)'
complete -c threadkeep -n __threadkeep_takes_file -F
${program.commands.map(commandLine).join('\n')}
${program.options.map(option => optionLine(option)).join('\n')}
${program.commands.flatMap(command => command.options.map(option => optionLine(option, command))).join('\n')}
`

const commandLine = ({ name, summary }: CommandFacts): string =>
  `complete -c threadkeep -n '__threadkeep_is ""' -a ${plainWords([name])} -d ${quoted(summary)}`

const valueFlags = (name: string, { options }: Pick<CommandFacts, 'options'>): string[] =>
  [...flagsByKind(options).values()].flat().map(flag => `'${name} ${flag}'`)

function argumentCases(command: CommandFacts): string {
  const { kinds, rest } = placesOf(command)
  const cases = kinds.map((kind, at) => `        case '${command.name} ${at + 1}'\n            echo '${kind}'`)
  return [...cases, `        case '${command.name} *'\n            echo '${rest}'`].join('\n')
}

function optionLine({ flags, value, summary }: OptionFacts, command?: CommandFacts): string {
  const names = flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  const where = command ? ` -n '__threadkeep_is ${command.name}'` : ''
  return `complete -c threadkeep${where} ${names.join(' ')}${value === null ? '' : ` ${offersOf(value)}`} -d ${quoted(summary)}`
}

const ACTIONS = {
  file: '-r -F',
  folder: "-x -a '(__fish_complete_directories)'",
  groups: "-x -k -a '(__threadkeep_names groups)'",
  threads: "-x -k -a '(__threadkeep_names threads)'",
  selection: "-x -k -a '(__threadkeep_names selection)'",
  text: '-x',
} as const

const offersOf = (value: Value): string => (typeof value === 'string' ? ACTIONS[value] : `-x -a '${plainWords(value)}'`)

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
