import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A terminal of tmux in which a program runs, as a person has it. */
export interface Terminal {
  /** Types keys; `Tab`, `Enter` and `C-c` are keys of their own. */
  type(...keys: string[]): void
  /** Waits until the screen fits, and gives it. */
  until(wanted: RegExp): Promise<string>
  close(): void
}

export function openTerminal(program: string, env: Record<string, string>, folder: string): Terminal {
  const socket = join(mkdtempSync(join(tmpdir(), 'threadkeep-tty-')), 'tmux')
  // The server of tmux, and all in it, have the environment of the first call.
  const tmux = (...words: string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
  tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', folder, program)
  const screen = () => tmux('capture-pane', '-p')
  return {
    type: (...keys) => void tmux('send-keys', ...keys),
    async until(wanted) {
      for (let tries = 0; tries < 600; tries++) {
        if (wanted.test(screen())) return screen()
        await new Promise(resolve => setTimeout(resolve, 50))
      }
      throw new Error(`The screen never fitted ${wanted}:\n${screen()}`)
    },
    close() {
      tmux('kill-server')
      rmSync(join(socket, '..'), { recursive: true, force: true })
    },
  }
}

/** Whether this machine has a program, or a file. */
export function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'test -e "$1" || command -v "$1"', 'sh', program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
