import type { Io, Out } from './io.js'

/** VTE (GNOME Terminal and others) crashed on links before 0.50. */
const LEAST_VTE = 5000

/** Programs that name themselves in TERM_PROGRAM, and open links. Apple's Terminal is not among them. */
const PROGRAMS = ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio', 'mintty']

/**
 * True for terminals that are known to show links (OSC 8). Others would print the sequence, so that doubt is a no: also within tmux and
 * screen, which may be older than the terminal around them. FORCE_HYPERLINK (1 or 0) decides before anything else, but never for a pipe.
 */
export function opensLinks({ isTTY }: Pick<Out, 'isTTY'>, env: Io['env']): boolean {
  const { FORCE_HYPERLINK: forced, TERM = '', TMUX, STY, CI } = env
  if (!isTTY) return false
  if (forced) return forced !== '0' && forced !== 'false'
  if (TERM === 'dumb' || /^(tmux|screen)/.test(TERM) || TMUX || STY || CI) return false
  return (
    Number(env['VTE_VERSION']) >= LEAST_VTE ||
    PROGRAMS.includes(env['TERM_PROGRAM'] ?? '') ||
    /^(xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)/.test(TERM) ||
    ['WT_SESSION', 'KONSOLE_VERSION', 'KITTY_WINDOW_ID', 'DOMTERM'].some(name => env[name])
  )
}

/** Longer addresses are cut by some terminals. */
const LONGEST = 1000

/** Only what an address may consist of: a control character would end the sequence, and other schemes start programs. */
const SAFE = /^https?:\/\/[!-~]+$/i

/** The text as a link to an address of the web; any other address makes no link. */
export function hyperlink(text: string, url: string): string {
  const href = URL.canParse(url) ? new URL(url).href : ''
  return SAFE.test(href) && href.length <= LONGEST ? `${OPEN}${href}${END}${text}${OPEN}${END}` : text
}

const OPEN = '\x1b]8;;'
const END = '\x07'

/** The same lines without links, for a pager that may not know them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence begins and ends with one
export const withoutLinks = (line: string): string => line.replace(/\x1b\]8;;[^\x07]*\x07/g, '')
