import type { ProgramFacts } from '../facts.js'
import { bashScript } from './bash.js'
import { fishScript } from './fish.js'
import { powershellScript } from './powershell.js'
import { zshScript } from './zsh.js'

export interface Shell {
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
