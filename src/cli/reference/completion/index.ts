import { TOPICS } from '../../help/index.js'
import type { CommandFacts, ProgramFacts } from '../facts.js'
import { bashScript } from './bash.js'
import { fishScript } from './fish.js'
import { powershellScript } from './powershell.js'
import { zshScript } from './zsh.js'

interface Shell {
  name: string
  /** The name of the file under which the shell finds the script, where it looks for one. */
  file: string
  script(program: ProgramFacts): string
}

export const SHELLS: readonly Shell[] = [
  { name: 'bash', file: 'threadkeep.bash', script: bashScript },
  { name: 'zsh', file: '_threadkeep', script: zshScript },
  { name: 'fish', file: 'threadkeep.fish', script: fishScript },
  { name: 'powershell', file: 'threadkeep.ps1', script: powershellScript },
]

/** The program with its command `help`, which commander makes itself: it takes a command or a topic. */
export function withHelp(program: ProgramFacts): ProgramFacts {
  const names = [...program.commands, ...TOPICS].map(({ name }) => name)
  const value = [...new Set([...names, 'commands', 'topics'])]
  const topic = { usage: '[topic]', name: 'topic', summary: 'a command or a topic', value, isVariadic: false }
  const about = { name: 'help', summary: 'show the help of a command, or a topic', usage: 'threadkeep help [topic]' }
  const help: CommandFacts = { ...about, arguments: [topic], options: [], help: '' }
  return { ...program, commands: [...program.commands, help] }
}
