import type { CommandFacts, ProgramFacts } from '../facts.js'
import { commandNames, flagsByKind, flagsOf, placesOf, plainWords } from './words.js'

/** For bash 3.2 and newer, with and without the package bash-completion. */
export const bashScript = (program: ProgramFacts): string => `\
# Completions of threadkeep for bash, made by: threadkeep completion bash
# What is typed is only compared, never evaluated.

# Sets kind to what follows the option $2 of the command $1. Empty: the option takes no value.
_threadkeep_option() {
  case "$1 $2" in
${optionCases({ name: '*', options: program.options })}
${program.commands.map(optionCases).filter(Boolean).join('\n')}
  esac
}

# Sets kind to what the argument number $2 of the command $1 is.
_threadkeep_argument() {
  case "$1 $2" in
${program.commands.map(argumentCases).filter(Boolean).join('\n')}
  esac
}

# Sets kind to the options of the command $1.
_threadkeep_options() {
  case "$1" in
${program.commands.map(({ name, options }) => `    ${name}) kind='${plainWords(flagsOf(options))}' ;;`).join('\n')}
  esac
  kind="$kind ${plainWords(flagsOf(program.options))}"
}

${MAIN.replace('COMMANDS', commandNames(program))}`

/** A pattern of bash: `*` is every command. */
const pattern = (name: string, word: string): string => (name === '*' ? `*' ${word}'` : `'${name} ${word}'`)

const optionCases = ({ name, options }: Pick<CommandFacts, 'name' | 'options'>): string =>
  [...flagsByKind(options)]
    .map(([kind, flags]) => `    ${flags.map(flag => pattern(name, flag)).join(' | ')}) kind='${kind}' ;;`)
    .join('\n')

function argumentCases(command: CommandFacts): string {
  const { kinds, rest } = placesOf(command)
  const cases = kinds.map((kind, at) => `    '${command.name} ${at + 1}') kind='${kind}' ;;`)
  return [...cases, ...(rest === ':text' ? [] : [`    '${command.name} '*) kind='${rest}' ;;`])].join('\n')
}

/** `pending` is the option whose value comes next. Bash makes words of their own of = and :, which are put together again. */
const MAIN = `\
_threadkeep() {
  local IFS=$' \\t\\n' kind='' pending='' command='' db='' word head='' cut='' options=yes
  local -i at=1 last=COMP_CWORD count=0
  local current=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  if [[ $current == : ]]; then
    last+=-1 current=\${COMP_WORDS[last]}: cut=$current
  elif [[ \${COMP_WORDS[last - 1]} == : ]]; then
    last+=-2 cut=\${COMP_WORDS[last]}: current=$cut$current
  fi
  while (( at < last )); do
    word=\${COMP_WORDS[at]} at+=1
    if [[ $word == : ]]; then
      at+=1
    elif [[ -n $pending && $word == = ]]; then
      continue
    elif [[ -n $pending ]]; then
      [[ $pending == --db ]] && db=$word
      pending=''
    elif [[ $options == yes && $word == -- ]]; then
      options=no
    elif [[ $options == yes && $word == --*=* ]]; then
      [[ $word == --db=* ]] && db=\${word#--db=}
    elif [[ $options == yes && $word == -* ]]; then
      kind='' && _threadkeep_option "$command" "$word"
      [[ -n $kind ]] && pending=$word
    elif [[ -z $command ]]; then
      command=$word
    else
      count+=1
    fi
  done
  if [[ -n $pending && $current == = ]]; then
    current=''
  elif [[ -z $pending && $options == yes && $current == --*=* ]]; then
    pending=\${current%%=*} head=\${current%%=*}= current=\${current#*=}
  fi
  kind=''
  if [[ -n $pending ]]; then
    _threadkeep_option "$command" "$pending"
  elif [[ $options == yes && $current == -* ]]; then
    _threadkeep_options "$command"
  elif [[ -z $command ]]; then
    kind='COMMANDS'
  else
    _threadkeep_argument "$command" "$(( count + 1 ))"
  fi
  case $kind in
    :file) compopt -o default 2>/dev/null ;;
    :folder) compopt -o dirnames 2>/dev/null ;;
    :groups | :threads | :selection)
      db=\${db#[\\'\\"]} db=\${db%[\\'\\"]} db=\${db//\\\\/}
      [[ $db == '~/'* ]] && db=$HOME/\${db#'~/'}
      while IFS=$'\\t' read -r word _; do
        COMPREPLY+=("$head\${word#"$cut"}")
      done < <(command threadkeep __complete "\${kind#:}" --db="$db" -- "$current" 2>/dev/null)
      ;;
    :*) ;;
    *)
      for word in $kind; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$head$word")
      done
      ;;
  esac
  return 0
}

if type compopt >/dev/null 2>&1; then
  complete -F _threadkeep threadkeep
else
  complete -o default -F _threadkeep threadkeep
fi
`
