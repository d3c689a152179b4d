import type { CommandFacts, ProgramFacts } from '../facts.js'
import { commandNames, flagsByKind, flagsOf, placesOf, plainWords } from './words.js'

/** For Windows PowerShell 5.1 and PowerShell 7. Kept simple: it is not tested in a shell. */
export const powershellScript = (program: ProgramFacts): string => `\
# Completions of threadkeep for PowerShell, made by: threadkeep completion powershell
# What is typed is only compared, never evaluated.

Register-ArgumentCompleter -Native -CommandName threadkeep -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What follows an option. Nothing: the option takes no value.
    $kindOfOption = {
        param($command, $flag)
        switch -CaseSensitive ("$command $flag", "* $flag") {
${[{ ...program, name: '*' }, ...program.commands].flatMap(optionCases).join('\n')}
        }
    }
    # What an argument of the command is.
    $kindOfArgument = {
        param($command, $number)
        switch -CaseSensitive ("$command $number", "$command *") {
${program.commands.flatMap(argumentCases).join('\n')}
        }
    }
    $optionsOf = {
        param($command)
        switch -CaseSensitive ($command) {
${program.commands.map(({ name, options }) => `            '${name}' { '${plainWords(flagsOf(options))}' }`).join('\n')}
        }
        '${plainWords(flagsOf(program.options))}'
    }

    $command = ''; $pending = ''; $db = ''; $count = 0
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text.Trim([char[]]@(34, 39))
        if ($pending) {
            if ($pending -ceq '--db') { $db = $word }
            $pending = ''
        } elseif ($word.StartsWith('--db=')) {
            $db = $word.Substring(5)
        } elseif ($word.StartsWith('-')) {
            if (& $kindOfOption $command $word) { $pending = $word }
        } elseif (-not $command) {
            $command = $word
        } else {
            $count++
        }
    }

    if ($pending) { $kind = & $kindOfOption $command $pending }
    elseif ($wordToComplete.StartsWith('-')) { $kind = (& $optionsOf $command) -join ' ' }
    elseif (-not $command) { $kind = '${commandNames(program)}' }
    else { $kind = & $kindOfArgument $command ($count + 1) }

    if (-not $kind) { return }
    if ($kind -in ':groups', ':threads', ':selection') {
        # A program of Windows may be a batch file, which would obey these characters.
        if ("$wordToComplete$db" -match '["&|<>^%!]') { return }
        & threadkeep __complete $kind.Substring(1) "--db=$db" -- $wordToComplete 2>$null | ForEach-Object {
            $name, $title = $_ -split "\`t", 2
            [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', "$name $title")
        }
    } elseif (-not $kind.StartsWith(':')) {
        $kind -split ' ' | Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    }
}
`

/** \`return\` ends with the first case that fits: that of the command, then that of every command. */
const optionCases = ({ name, options }: Pick<CommandFacts, 'name' | 'options'>): string[] =>
  [...flagsByKind(options)].flatMap(([kind, flags]) =>
    flags.map(flag => `            '${name} ${flag}' { return '${kind}' }`),
  )

function argumentCases(command: CommandFacts): string[] {
  const { kinds, rest } = placesOf(command)
  return [...kinds, rest].map(
    (kind, at) => `            '${command.name} ${at < kinds.length ? at + 1 : '*'}' { return '${kind}' }`,
  )
}
