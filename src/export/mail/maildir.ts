import { UsageError } from '../../model/errors.js'
import { type Exporter, type ExportFile, NOTICES } from '../exporter.js'
import { messagesOf } from './message.js'

/** A file a message, in a folder that mail programs open. */
export const maildir: Exporter = {
  name: 'maildir',
  summary: 'the same in a folder with a file a post, for mutt, notmuch and mail servers',
  extension: 'maildir',
  scope: 'archive',
  delivery: 'folder',
  isFlat: true,
  leavesOut: NOTICES,
  tells: true,
  outsidePackages: 'A maildir needs empty folders, which the list of a package cannot hold.',
  options: {
    flags: { summary: 'names end in `:2,S` (seen), which Windows does not take', default: false },
  },
  render() {
    throw new UsageError('maildir is a folder of messages.', 'Name a folder: -o NAME/')
  },
  *files(threads, about) {
    const end = about.options['flags'] === true ? ':2,S' : ''
    // Readers want the three folders, also where two are empty.
    yield* FOLDERS
    for (const thread of threads)
      for (const { name, text } of messagesOf(thread, about)) yield { name: `cur/${name}${end}`, body: [text] }
  },
}

const FOLDERS: readonly ExportFile[] = ['cur', 'new', 'tmp'].map(name => ({ name: `${name}/`, body: [] }))
