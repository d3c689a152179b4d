import type { Reporter, RunCounts, Share } from '../../model/reports/run.js'
import { shortened } from '../text/columns.js'
import { joined, type Paint } from '../text/paint.js'
import { bytesWords, count, durationWords, figure } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { paintFor } from './colour.js'
import type { Io } from './io.js'
import { type OutputFlags, type ProgressLine, progressLine } from './progress.js'

/** A run's reporter that writes to stderr; `stop` removes the progress line. */
export interface RunProgress extends Reporter {
  stop(): void
}

/**
 * With `--verbose` a line for each response; with `--newline` a line every ten seconds; else a progress line, if a person watches. Warnings
 * always.
 */
export async function runProgress(io: Io, options: OutputFlags): Promise<RunProgress> {
  const paint = await paintFor(io.stderr, io, options)
  const verbose = verboseProgress(io, paint)
  if (options.verbose) return verbose
  return drawnProgress(await progressLine(io, options), verbose, io, paint)
}

function verboseProgress({ stderr }: Io, paint: Paint): RunProgress {
  const { dim, magenta } = paint
  const print = (text: string) => stderr.write(`${text}\n`)
  return {
    target: (url, resumed) => print(targetWords(url, resumed)),
    request: () => {},
    saved: (counts, what, share) =>
      print(`  ${terminalLine(what)}${shareWords(share, paint)} ${dim(`(${countsWords(counts)})`)}`),
    waiting: (milliseconds, why) => print(`  waiting ${waitWords(milliseconds, why)}`),
    warning: text => print(`${magenta('Warning:')} ${terminalLine(text)}`),
    answered: () => {},
    ignored: () => {},
    stop: () => {},
  }
}

/** Columns for the name, so that the figures have room in a window of 80. */
const NAME = 28

/** What is read, by name, how much of it, and how long the rest will take. */
function drawnProgress(
  { show, clear }: Pick<ProgressLine, 'show' | 'clear'>,
  verbose: RunProgress,
  clock: Pick<Io, 'now'>,
  paint: Pick<Paint, 'spoken'>,
): RunProgress {
  const pace = new ListPace(clock)
  return {
    ...verbose,
    target: (url, resumed) => show(targetWords(url, resumed)),
    saved: (counts, what, share) => {
      const name = shortened(what, NAME)
      const far = share && `${name}${shareWords(share, paint)}${pace.left(what, share)}`
      show(joined(far ? [far, count(counts.posts, 'post')] : [name, countsWords(counts)], paint))
    },
    waiting: (milliseconds, why) => show(`Waiting ${waitWords(milliseconds, why)}`),
    warning: text => {
      clear()
      verbose.warning(text)
    },
    stop: clear,
  }
}

/** Estimates how long the rest of a list takes, from the time that its pages took so far. */
class ListPace {
  private what = ''
  private first: Share & { at: number } = { done: 0, total: 0, at: 0 }

  constructor(private readonly clock: Pick<Io, 'now'>) {}

  /** `, about 4 min left`; nothing while there is nothing to reckon with. */
  left(what: string, share: Share): string {
    const at = this.clock.now()
    if (what !== this.what || share.done < this.first.done) {
      this.what = what
      this.first = { ...share, at }
    }
    const read = share.done - this.first.done
    if (read <= 0 || share.done >= share.total) return ''
    const seconds = (((at - this.first.at) / read) * (share.total - share.done)) / 1000
    return `, about ${durationWords(Math.max(1, seconds))} left`
  }
}

const shareWords = (share: Share | null, { spoken }: Pick<Paint, 'spoken'>): string =>
  share ? ` ${figure(share.done)}${spoken ? ' of ' : '/'}${count(share.total, share.of ?? 'thread')}` : ''

const targetWords = (url: string, resumed: boolean) => `${resumed ? 'Resuming' : 'Archiving'} ${terminalLine(url)}`

const waitWords = (milliseconds: number, why: string) =>
  `${count(Math.ceil(milliseconds / 1000), 'second')}: ${terminalLine(why)}`

const countsWords = ({ posts, requests, bytes }: RunCounts) =>
  `${count(posts, 'post')}, ${count(requests, 'request')}, ${bytesWords(bytes)}`
