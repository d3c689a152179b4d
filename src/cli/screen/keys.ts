import type { Key } from 'node:readline'
import { wrapped } from '../text/wrapped.js'
import type { TextPage } from './page.js'

const HELP = `In every page
  ↓ j, ↑ k      next, previous
  Space, b      a page further, back
  g, G          first, last
  /             search in the whole archive
  q, Esc        back; on the first page: end
  Q, Ctrl-C     end

In a list
  Enter →       open
  ←             back

In a thread
  Enter         fold, unfold the replies
  ← h           fold, then go to the parent
  → l           unfold, then to the first reply
  p             the post that this one answers
  n, N          next, previous at this level
  z             fold all; again: unfold all
  e             edits and other events

Searches, as "threadkeep search" takes them
  bees honey    both words
  "bee hive"    these words together
  from:anna     by a member
  in:bees       in a group
  is:gone       gone from the site
  after:2024    from that time on`.split('\n')

export const HELP_PAGE: TextPage = {
  kind: 'text',
  title: 'Keys',
  lines: width => HELP.flatMap(line => rowsOf(line, width)),
  top: 0,
}

/** Where what a key does begins: its further rows begin there, too. */
const COLUMN = 16

function rowsOf(line: string, width: number): string[] {
  if (!line.startsWith('  ') || width < 2 * COLUMN) return wrapped(line, width)
  const rows = wrapped(line.slice(COLUMN), width - COLUMN)
  return rows.map((row, at) => (at === 0 ? line.slice(0, COLUMN) : ' '.repeat(COLUMN)) + row)
}

/** The name of a key: a character as it is, others as `down`, `pageup`, `return`. Null: it means nothing here. */
export function keyName(text: string | undefined, { name, ctrl, meta, sequence }: Key): string | null {
  if (ctrl) return name === 'u' ? 'clear' : name === 'h' ? 'backspace' : null
  if (name === 'escape') return 'escape'
  if (meta) return null
  if (name === 'enter') return 'return'
  if (name === 'space' || text === ' ') return ' '
  if (name !== undefined && name.length > 1) return NAMED.includes(name) ? name : null
  const typed = text ?? sequence ?? ''
  return typed >= ' ' && typed !== '\x7f' ? typed : null
}

const NAMED = ['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'return', 'backspace']
