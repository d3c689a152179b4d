import type { StoredThread } from '../model/archive.js'
import { type ExportContext, type Exporter, type ExportFile, NOTICES } from './exporter.js'
import { sourceGuid } from './qda/identity.js'
import { projectOf } from './qda/project.js'
import { textOf } from './qda/source.js'
import { zipped } from './zip-stream.js'

/** A project of REFI-QDA 1.0, for QualCoder, NVivo, MAXQDA, ATLAS.ti and others: a zip file of `project.qde` and of a text for each thread. */
export const qdpx: Exporter = {
  name: 'qdpx',
  summary: 'a project for qualitative analysis: QualCoder, NVivo, MAXQDA, ATLAS.ti',
  extension: 'qdpx',
  scope: 'archive',
  delivery: 'file',
  annotations: true,
  leavesOut: NOTICES,
  tells: true,
  options: {
    'person-codes': {
      summary: 'a code for each participant, by which QualCoder and NVivo link cases to posts',
      default: true,
      flag: true,
    },
  },
  render: (threads, about) => zipped(filesOf(threads, about), { compress: true }),
}

function* filesOf(threads: Iterable<StoredThread>, about: ExportContext): Generator<ExportFile> {
  yield { name: 'project.qde', body: projectOf(threads, about) }
  for (const thread of about.again()) yield { name: `sources/${sourceGuid(thread)}.txt`, body: textOf(thread, about) }
}
