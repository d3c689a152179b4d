/** The text below the list of commands in `threadkeep --help`. */
export const MAIN_HELP = `
Examples:
  $ threadkeep archive https://community.example/groups/gardeners/
  $ threadkeep list
  $ threadkeep show 237
  $ threadkeep export gardeners -o gardeners/
  $ threadkeep demo

Exit codes:
  0    Done; also when there was nothing new.
  1    Internal error: a bug in threadkeep.
  2    Wrong usage.
  3    Partly done: something was skipped or failed; the rest is kept.
  4    Access: login needed, session expired, or members only.
  5    Nothing recognised: this is not a page that threadkeep can read.
  6    The archive cannot be opened, is damaged or too new, or the disk is full.
  7    Busy: another run holds the archive.
  8    Blocked: a rate limit or a challenge that did not pass, or robots.txt.
  130  Interrupted; what was read is kept.
Only "threadkeep status --check" ends with the codes of monitors.`

/** The examples below the help of one command. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map(line => (line.startsWith('#') ? `  ${line}` : `  $ threadkeep ${line}`)).join('\n')}`
