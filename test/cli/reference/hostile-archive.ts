import { GARDENERS, group, page, post, shelf } from '../../archive/shelf.js'
import { newFile } from '../../run/outside.js'

/** What a shell would run, expand, split or take for an option, and what a terminal would obey. */
const HOSTILE_SLUGS = [
  'gar$(touch ran)',
  'gar`touch ran`',
  'gar;touch ran',
  'gar den',
  'gar\nden',
  "gar'den",
  'gar"den',
  'gar\\den',
  'gar:den',
  'gar*',
  'gar?',
  'gar[a]',
  'gar{a,b}',
  'gar~',
  'gar!!',
  'gar|cat',
  'gar>ran',
  'gar&',
  'gar#a',
  'gar\u001b[2Jden',
  'gar\u202eden',
  '-garden',
  '--db=ran',
  '~root',
  '=ls',
  '$HOME',
]

const HOSTILE_TITLE = 'Bees \u001b]0;owned\u0007 $(touch ran) `touch ran`\t%F{red} \u202e'

/** An archive with two harmless groups, hostile ones, and threads whose first words are hostile. */
export function hostileArchive(file = newFile()): string {
  const one = shelf(file)
  const said = { html: `<p>${HOSTILE_TITLE}</p>`, text: HOSTILE_TITLE }
  const groups = HOSTILE_SLUGS.map(slug => group(slug, { name: HOSTILE_TITLE }))
  one.save(
    page([
      post('237', null, { ...said, group: GARDENERS }),
      post('238', '237'),
      post('240', null, { ...said, group: group('gärten-2', { name: HOSTILE_TITLE }) }),
      post('x1$(touch ran)', null, said),
      ...groups.map((one, at) => post(String(9000 + at), null, { ...said, group: one })),
    ]),
  )
  one.save(page([post('bbp:12', null, { ...said, type: 'topic' })]))
  one.close()
  return file
}
