import type { StoredThread } from '../model/archive.js'
import { type Exporter, NOTICES } from './exporter.js'
import { renderDocument } from './markdown/document.js'

/** One document a thread, made to be read: docs/formats.md says which form and why. */
export const markdown: Exporter = {
  name: 'md',
  summary: 'one document a thread, made to be read, with front matter for programs',
  extension: 'md',
  leavesOut: NOTICES,
  oneFileAThread: true,
  open: '',
  between: '\n',
  close: '',
  thread: (thread: StoredThread) => renderDocument(thread),
}
