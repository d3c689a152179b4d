/** The kinds of messages on docs/errors.md: where in `src` they are made, why they come, and what to do where a message itself does not say so. */
export interface MessageKind {
  title: string
  cause: string
  /** Beginnings of paths below `src`; the longest that fits decides. */
  from: readonly string[]
  /** The remedy of those without one; absent: each needs its own. */
  remedy?: string
}

const LOOK_UP = 'Give another value: `threadkeep COMMAND --help` says what the flag takes.'
/** The remedy of a message that needs none. */
export const NOTE = 'Nothing is to be done.'

export const KINDS: readonly MessageKind[] = [
  {
    title: 'Flags and arguments',
    cause: 'A flag, a value or a combination of them is not what the command takes. Nothing was read or written.',
    from: ['cli/', 'model/dates', 'cli/options/', 'cli/commands/'],
    remedy: LOOK_UP,
  },
  {
    title: 'Settings',
    cause:
      'A file `threadkeep.yaml`, or a variable `THREADKEEP_…` of the environment, holds something that is no setting. Nothing was read or written.',
    from: ['cli/files/config-file', 'cli/options/settings', 'cli/commands/maintain/config'],
  },
  {
    title: 'Targets',
    cause: 'What was named is no address that can be archived, or none that this archive knows.',
    from: [
      'run/plan/target',
      'run/session/source',
      'run/session/sync',
      'cli/commands/maintain/targets',
      'archive/archive-reader',
      'cli/text/suggestions',
    ],
  },
  {
    title: 'Queries',
    cause: 'The words of `search`, or of `--filter`, cannot be read as a query. Nothing was searched.',
    from: ['model/query/'],
    remedy: '`threadkeep search --help` describes the language of queries.',
  },
  {
    title: 'Logging in',
    cause:
      'The site or the program cannot use the login: the form, the password, the cookies, or the file that keeps them. No password is ever stored.',
    from: [
      'cli/session/',
      'run/probe/login',
      'sources/site/login',
      'sources/site/cookie',
      'sources/site/copied-request',
      'cli/commands/fetch/login',
      'cli/commands/fetch/logout',
    ],
  },
  {
    title: 'Requests',
    cause: 'A site could not be asked, did not answer as expected, or forbids it. What was read before is kept.',
    from: ['sources/', 'run/media/'],
    remedy: 'The run goes on without it, and the next run asks again.',
  },
  {
    title: 'What a site shows',
    cause:
      'The site answered, and the answer is not all that it should be. A run names it as `Problem:` and goes on; its last line and its exit code repeat it. Without a code: a note.',
    from: ['run/'],
    remedy: NOTE,
  },
  {
    title: 'Import',
    cause: 'A file that `import` was given holds nothing that it understands, or not all of it.',
    from: ['run/import/', 'cli/commands/fetch/import', 'sources/files/'],
    remedy: NOTE,
  },
  {
    title: 'The archive',
    cause:
      'The file of the archive cannot be opened, read or written, or another run holds it. It is intact: changes are written completely or not at all.',
    from: ['archive/'],
  },
  {
    title: 'Merge, move and forget',
    cause:
      'Rows of two archives, or of two addresses, do not fit together, or what was asked for cannot be done without a loss. Nothing was changed.',
    from: [
      'archive/merge/',
      'archive/moves/',
      'archive/erasure/',
      'cli/options/merge-inputs',
      'cli/commands/maintain/',
    ],
  },
  {
    title: 'What verify finds',
    cause:
      'A check of `threadkeep verify` found something in the archive, or in a package, that should not be. What it names as a repair is a command for the same file.',
    from: ['archive/verify/', 'cli/commands/maintain/verify'],
  },
  {
    title: 'Files that are written',
    cause:
      'An output cannot go where it should: the name, the folder, the disk, or something in its place. Files are replaced as a whole or not at all.',
    from: ['node/', 'cli/files/', 'cli/terminal/', 'export/destination', 'export/names', 'cli/commands/publish/'],
  },
  {
    title: 'Formats and what goes into them',
    cause: 'The format, its options, or the selection of posts do not fit together. Nothing was written.',
    from: [
      'export/',
      'model/locale/',
      'cli/commands/publish/export',
      'cli/commands/publish/codebook',
      'cli/commands/publish/cite',
    ],
  },
  {
    title: 'Word, PDF and EPUB',
    cause: 'These formats are made by another program, pandoc or a browser, which is missing, too old, or failed.',
    from: ['node/programs', 'node/run-program'],
  },
  {
    title: 'Pseudonyms',
    cause: 'The key file, or the list of names, is not what it has to be. Nothing was written, so that no name is.',
    from: ['export/pseudonyms/', 'node/key-file'],
  },
  {
    title: 'Samples and codes',
    cause: 'A sample cannot be drawn, or a file of codes cannot be read. Nothing was written.',
    from: ['export/coding/', 'cli/commands/read/agreement'],
  },
  {
    title: 'Packages',
    cause: 'A package cannot be made as it was asked for, or what was named is none. Nothing was written.',
    from: ['export/package/', 'node/package/', 'cli/commands/publish/package'],
  },
  {
    title: 'The library',
    cause: 'A program that imports `threadkeep` gave something that a function does not take.',
    from: ['index', 'run/library', 'archive/facade'],
  },
]

/** The remedies of messages of which neither the program nor their kind says one, by their text. */
export const REMEDIES: Readonly<Record<string, string>> = {
  "A file can't be read or written.":
    'Check the path and its permissions, or name another one; if the disk is full, make room on it.',
  "The WHAT PATH can't be read….": 'Check the path and its permissions.',
  'Allowed choices are …; separate several with commas.': LOOK_UP,
  'The nearest is …. Allowed choices are ….': LOOK_UP,
  'It is a number up to 65535.': LOOK_UP,
  'SQLite cannot read this: MESSAGE.':
    'Restore the file from a backup. Or save what can be read: sqlite3 FILE ".recover" | sqlite3 NEW.db',
  'WHERE: it must be a value, not VALUE.': LOOK_UP,
}

/** Places that pass on the words of others, or put together what `made-messages.ts` asks the program for. Without `text`: messages of which nothing can be read. */
export const PASSED_ON: readonly { from: string; text?: string; words: string }[] = [
  { from: 'archive/database/sqlite-errors', text: 'FILE ….', words: 'made-messages.ts' },
  { from: 'archive/verify/check', words: 'the calls of `finding`' },
  { from: 'cli/commands/maintain/verify-readings', words: 'the findings above it' },
  { from: 'cli/failure', words: 'the error that ends a command' },
  { from: 'cli/files/config-file', text: 'FILE, line LINE: WHAT.', words: 'the calls of `wrongLine`' },
  {
    from: 'export/coding/read-annotations',
    words: 'the faults of a file of codes, which name their line and themselves',
  },
  { from: 'node/convert', words: 'the failures that a format names' },
  { from: 'node/run-program', words: 'the failures that a format names' },
  { from: 'run/import/imported-path', words: 'the reader of a file, which says what it did not understand' },
  { from: 'run/judge/problems', words: 'the error of a request' },
  { from: 'run/judge/wall-problems', text: '… does not exist for this reader (SEEN).', words: 'made-messages.ts' },
  { from: 'run/run', words: 'a remark of the source' },
  { from: 'run/session/page-outcome', words: 'a remark of the parser' },
  { from: 'sources/site/site', text: 'MESSAGE.', words: 'an error of the network' },
]

export function kindOf(place: string): MessageKind | undefined {
  const path = place.replace(/^src\//, '')
  const fits = (kind: MessageKind) =>
    Math.max(0, ...kind.from.map(start => (path.startsWith(start) ? start.length : 0)))
  return [...KINDS].sort((one, other) => fits(other) - fits(one)).find(kind => fits(kind) > 0)
}
