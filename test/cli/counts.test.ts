import { expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { frame } from '../../src/cli/screen/frame.js'
import { ArchiveLibrary } from '../../src/cli/screen/library.js'
import { press } from '../../src/cli/screen/press.js'
import { PLAIN } from '../../src/cli/text/paint.js'
import { NOTICES } from '../../src/model/columns/notices.js'
import { readings } from '../archive/readings.js'
import { ENV, page, post } from '../archive/shelf.js'
import { stateOf } from './screen/browsed.js'
import { running, testIo, testOut } from './test-io.js'

/** Threads of a group with membership notices: what each command counts agrees, or its words say what it counts. */
function notices(): string {
  const { file, read, close } = readings()
  const joined = ['7', '8', '9'].map(id => post(id, null, { type: 'joined_group' }))
  read('2024-05-01T10:00:00.000Z', [page([post('1', null), post('2', '1'), post('3', null), ...joined])], {
    groups: ['gardeners'],
  })
  close()
  return file
}

it('list, status and read count the same threads, and each names the notices that it leaves out', async () => {
  const file = notices()
  const run = async (...words: string[]) =>
    (
      await running([...words, '--db', file], {
        ...testIo({ env: { NO_COLOR: '1' } }),
        stdout: testOut({ isTTY: true }),
      })
    ).out
  const { counts } = JSON.parse(await run('status', '--json'))
  const { groups, threads } = JSON.parse(await run('list', '--json'))
  expect([counts.threads, counts.notices, groups[0].threads, threads.length]).toEqual([5, 3, 5, 5])
  expect(await run('list')).toMatch(/5 threads, 6 posts.*(?:\n.*){3}\n +and 3 membership notices \(--types all/)
  expect(await run('status')).toContain('Content: 1 group, 5 threads (3 membership notices among them), 6 live posts')
  const archive = openArchive(file, 'read', ENV)
  const [size, library] = [{ width: 90, height: 12 }, new ArchiveLibrary(archive, NOTICES, () => 0)]
  const [first, opened] = ['', 'return'].map(key => {
    const state = stateOf(library.first())
    return frame(press(state, key, { size, paint: PLAIN, library }) ?? state, size, PLAIN).lines.join('\n')
  })
  archive.close()
  expect(first).toContain('5 threads, 6 posts')
  expect(opened).toContain('All threads: 2 threads, without 3 membership notices, newest first')
})
