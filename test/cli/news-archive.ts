import type { Post } from '../../src/model/discussion.js'
import { exactly } from '../../src/model/time.js'
import { readings } from '../archive/readings.js'
import { GARDENERS, group, member, page, post } from '../archive/shelf.js'

const BEES = group('bees', { id: '2', name: 'Bees \x1b[2J*x*' })
const at = (when: string) => ({ when: exactly(when) })

/** Read on the 1st and the 8th of May 2024, at 10: then something of each kind has happened. */
export function newsArchive(): string {
  const { file, read, close } = readings()
  const april = at('2024-04-20T12:00:00Z')
  const old = [
    post('1', null, april),
    post('2', '1', april),
    post('3', '1', april),
    post('10', null, { group: BEES, ...april }),
  ]
  read('2024-05-01T10:00:00.000Z', [page(old)], { groups: ['gardeners', 'bees'] })
  const renamed = { group: { ...GARDENERS, name: 'Growers' }, author: member('ada', { id: '2', name: 'Ada L.' }) }
  const now: Post[] = [
    post('1', null, { ...renamed, ...april }),
    post('2', '1', { ...renamed, ...april, html: 'Edited', text: 'Edited\tnow' }),
    post('4', '2', {
      threadId: '1',
      ...renamed,
      ...at('2024-05-03T12:00:00Z'),
      text: 'A reply \x1b[31mred\u202e',
      html: '',
    }),
    post('10', null, { group: BEES, author: renamed.author, ...april }),
    post('11', null, {
      group: BEES,
      author: renamed.author,
      ...at('2024-05-04T12:00:00Z'),
      text: `漢字 🐝 ${'buzz '.repeat(90)}`,
    }),
  ]
  read('2024-05-08T10:00:00.000Z', [page(now)], { groups: ['gardeners', 'bees'] })
  close()
  return file
}
