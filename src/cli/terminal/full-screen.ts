import { emitKeypressEvents, type Key } from 'node:readline'
import { errorCode } from '../../model/thrown.js'
import type { Io } from './io.js'

/** A program that has the whole window. */
export interface ScreenProgram {
  /** The rows of the window, and the column of the cursor in the last one; null: it is hidden. */
  draw(width: number, height: number): { lines: readonly string[]; cursor: number | null }
  /** False: the program ends. */
  key(text: string | undefined, key: Key): boolean
}

/** A terminal with a person before it, on which any place can be drawn. */
export interface Terminal {
  keyboard: NodeJS.ReadStream
  screen: NodeJS.WriteStream
}

/** Null: there is none. */
export function terminalOf({ keyboard, stdout, env }: Io): Terminal | null {
  const { screen } = stdout
  return keyboard && screen && env['TERM'] !== 'dumb' ? { keyboard, screen } : null
}

// The alternate screen, without wrapping at the edge: a line that a terminal takes for wider than we do must not move the others.
const ENTER = '\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l'

/** Runs a program until it ends, or until Ctrl-C or a signal ends it. Whatever happens, the terminal is then as it was before. */
export async function fullScreen(
  program: ScreenProgram,
  terminal: Terminal,
  { signals }: Pick<Io, 'signals'>,
): Promise<'ended' | 'interrupted'> {
  const window = new Window(program, terminal)
  emitKeypressEvents(terminal.keyboard)
  let stop = () => {}
  try {
    return await new Promise((resolve, reject) => {
      const guarded = (work: () => void) => {
        try {
          work()
        } catch (error) {
          reject(error)
        }
      }
      const listeners = {
        interrupt: () => resolve('interrupted'),
        redraw: () => guarded(() => window.redraw()),
        suspend: () => {
          if (signals.suspend === null) return
          window.leave()
          // The default of the signal stops a process that does not listen to it.
          signals.off('SIGTSTP', listeners.suspend)
          signals.suspend()
        },
        resume: () =>
          guarded(() => {
            signals.on('SIGTSTP', listeners.suspend)
            window.enter()
          }),
        leave: () => window.leave(),
        key: (text: string | undefined, key: Key) => {
          if (key.ctrl && key.name === 'c') return resolve('interrupted')
          if (key.ctrl && key.name === 'z') return listeners.suspend()
          if (key.ctrl && key.name === 'l') return listeners.redraw()
          guarded(() => (program.key(text, key) ? window.draw() : resolve('ended')))
        },
      }
      stop = listen(listeners, terminal, signals)
      guarded(() => window.enter())
    })
  } finally {
    stop()
    window.leave()
    terminal.keyboard.pause()
  }
}

interface Listeners {
  interrupt(): void
  redraw(): void
  suspend(): void
  resume(): void
  leave(): void
  key(text: string | undefined, key: Key): void
}

/** Returns a function that stops listening. */
function listen(to: Listeners, { keyboard, screen }: Terminal, signals: Io['signals']): () => void {
  const heard = [
    ['SIGINT', to.interrupt],
    ['SIGTERM', to.interrupt],
    ['SIGHUP', to.interrupt],
    ['SIGTSTP', to.suspend],
    ['SIGCONT', to.resume],
    // What ends the process past every handler.
    ['exit', to.leave],
  ] as const
  for (const [name, listener] of heard) signals.on(name, listener)
  keyboard.on('keypress', to.key).on('end', to.interrupt).on('error', to.interrupt)
  screen.on('resize', to.redraw).on('error', to.interrupt)
  return () => {
    for (const [name, listener] of heard) signals.off(name, listener)
    keyboard.off('keypress', to.key).off('end', to.interrupt)
    screen.off('resize', to.redraw)
  }
}

/** A terminal that was closed has no modes any more. That it is gone is heard otherwise. */
function setRaw(keyboard: NodeJS.ReadStream, isRaw: boolean): void {
  try {
    keyboard.setRawMode(isRaw)
  } catch (error) {
    if (errorCode(error) !== 'EIO') throw error
  }
}

/** What is on the screen. */
class Window {
  private rows: readonly string[] = []
  private isOpen = false

  constructor(
    private readonly program: ScreenProgram,
    private readonly terminal: Terminal,
  ) {}

  enter(): void {
    const { keyboard, screen } = this.terminal
    setRaw(keyboard, true)
    keyboard.resume()
    this.isOpen = true
    screen.write(ENTER)
    this.redraw()
  }

  leave(): void {
    if (!this.isOpen) return
    this.isOpen = false
    const { keyboard, screen } = this.terminal
    screen.write(LEAVE)
    // Paused, it would no longer keep a suspended program from ending.
    setRaw(keyboard, false)
  }

  /** Everything anew: the window has another size, or another program has written to it. */
  redraw(): void {
    this.rows = []
    if (this.isOpen) this.terminal.screen.write('\x1b[2J')
    this.draw()
  }

  /** Writes only the rows that have changed, because a line may be slow. */
  draw(): void {
    if (!this.isOpen) return
    const { columns, rows: height } = this.terminal.screen
    const { lines, cursor } = this.program.draw(columns, height)
    const changed = lines.flatMap((line, at) =>
      line === this.rows[at] ? [] : [`\x1b[${at + 1};1H\x1b[K${line}\x1b[0m`],
    )
    const end = cursor === null ? '\x1b[?25l' : `\x1b[${height};${cursor + 1}H\x1b[?25h`
    this.terminal.screen.write(changed.join('') + end)
    this.rows = lines
  }
}
