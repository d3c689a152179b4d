import type { ArgumentFacts, CommandFacts, OptionFacts, ProgramFacts, Value } from '../facts.js'
import { plainWords } from './words.js'

/** For zsh 5, as a function of `fpath` or read by `source`. */
export const zshScript = (program: ProgramFacts): string => `\
#compdef threadkeep
# Completions of threadkeep for zsh, made by: threadkeep completion zsh
# What is typed is only compared, never evaluated.

_threadkeep() {
  local curcontext=$curcontext state line ret=1
  local -a typed every
  local -A opt_args
  typed=("\${words[@]}")
  every=(
${program.options.map(optionSpec).join('\n')}
  )
  _arguments -C -s -S $every '(-): :_threadkeep_commands' '(-)*:: :->rest' && ret=0
  [[ $state == rest ]] || return ret
  curcontext=\${curcontext%:*:*}:threadkeep-$words[1]:
  case $words[1] in
${program.commands.map(commandCase).join('\n')}
  esac
}

_threadkeep_commands() {
  local -a commands
  commands=(
${program.commands.map(({ name, summary }) => `    ${quoted(`${plainWords([name])}:${summary}`)}`).join('\n')}
  )
  _describe -t commands command commands
}

# Groups or threads of the archive that the line names, in the order of threadkeep.
_threadkeep_names() {
  [[ $PREFIX == -* ]] && return 1
  local name title db
  local -a found shown
  local -i at
  for (( at = 2; at <= $#typed; at++ )); do
    case $typed[at] in
      --db) db=\${(Q)typed[at + 1]} ;;
      --db=*) db=\${(Q)typed[at]#--db=} ;;
    esac
  done
  [[ $db == '~/'* ]] && db=$HOME/\${db#'~/'}
  while IFS=$'\\t' read -r name title; do
    found+=("$name")
    shown+=("$name  $title")
  done < <(command threadkeep __complete "$1" --db="$db" -- "\${(Q)PREFIX}" 2>/dev/null)
  compadd -V threadkeep -l -d shown -a found
}

if [[ $funcstack[1] == _threadkeep ]]; then
  _threadkeep "$@"
else
  compdef _threadkeep threadkeep
fi
`

const commandCase = ({ name, options, arguments: all }: CommandFacts): string => `\
    ${name})
      _arguments -s -S $every \\
${[...options.map(optionSpec), ...all.map(argumentSpec)].map(spec => `    ${spec} \\`).join('\n')}
        && ret=0
      ;;`

/** As \`_arguments\` wants it: \`'(-f --format)'{-f+,--format=}'[summary]:names:(md json)'\`. */
function optionSpec({ flags, value, valueName, summary, isRepeatable }: OptionFacts): string {
  const marked = flags.map(flag => (value === null ? flag : flag.startsWith('--') ? `${flag}=` : `${flag}+`))
  const before = isRepeatable ? "'*'" : flags.length > 1 ? `'(${flags.join(' ')})'` : ''
  const names = marked.length > 1 ? `{${marked.join(',')}}` : marked.join('')
  const after = `[${specText(summary)}]${value === null ? '' : `:${specText(valueName)}:${actionOf(value)}`}`
  return `    ${before}${names}${quoted(after)}`
}

function argumentSpec({ name, usage, value, isVariadic }: ArgumentFacts, at: number): string {
  const place = isVariadic ? '*:' : `${at + 1}:${usage.startsWith('[') ? ':' : ''}`
  return `    ${quoted(`${place}${specText(name)}:${actionOf(value)}`)}`
}

/** After a space, a function is called without arguments of zsh. */
const ACTIONS = {
  file: '_files',
  folder: '_files -/',
  groups: ' _threadkeep_names groups',
  threads: ' _threadkeep_names threads',
  selection: ' _threadkeep_names selection',
  text: ' ',
} as const

const actionOf = (value: Value): string => (typeof value === 'string' ? ACTIONS[value] : `(${plainWords(value)})`)

/** Colons and brackets have a meaning in a specification, and a % would in the line above the offers. */
const specText = (text: string): string => text.replace(/[\\:[\]]/g, '\\$&').replaceAll('%', '%%')

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
