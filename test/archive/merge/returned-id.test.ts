import { expect, it } from 'vitest'
import type { When } from '../../../src/model/discussion.js'
import { words } from '../eventful.js'
import { BEN } from '../rewritten.js'
import { page, post, rows } from '../shelf.js'
import { archiveOf, type Look, merged } from './merging.js'

/** Post 1 as an archive has read it at an hour. */
const look = (hour: number, text: string, when: When, author = {}): Look => ({
  hour,
  page: page([post('1', null, { ...words(text), when, ...author })]),
})

const DATE = 'SELECT text, posted_from, posted_to, (SELECT slug FROM members WHERE id = member_id) AS author FROM posts'

/** The row of post 1, after three archives were merged in each grouping, or read by one archive in each order. */
function inAllWays(...looks: [Look, Look, Look]): unknown {
  const [a, b, c] = looks.map((one, n) => archiveOf('abc'[n] ?? '', [one])) as [string, string, string]
  const files = [merged(a, b, c), merged(c, b, a), merged(merged(a, c), b), merged(a, merged(b, c))]
  const [first, second, third] = looks
  const orders = [looks, [third, second, first], [second, first, third], [third, first, second]]
  const results = [...files, ...orders.map(order => archiveOf('all', order))].map(file => rows(file, DATE))
  for (const one of results) expect(one).toEqual(results[0])
  return results[0]?.[0]
}

const between = (from: string, to: string): When => ({ from: `2025-${from}T00:00:00Z`, to: `2025-${to}T00:00:00Z` })

it('an id that comes back to its first author has the date that all readings of that author give', () => {
  const row = inAllWays(
    look(1, 'Mulch keeps the soil wet.', between('06-01', '06-05')),
    look(2, 'Who has seeds?', between('12-01', '12-02'), BEN),
    look(3, 'Mulch keeps the soil wet.', between('06-03', '06-09')),
  )
  expect(row).toMatchObject({ author: 'ada', posted_from: '2025-06-03T00:00:00Z', posted_to: '2025-06-05T00:00:00Z' })
})

it('another author whose text is only known shortened has it, although the dates leave open whose post it is', () => {
  const row = inAllWays(
    look(1, 'Mulch keeps the soil wet.', between('06-01', '06-05')),
    look(2, 'Who has…', between('06-02', '06-09'), { ...BEN, truncated: true }),
    look(3, 'Who has…', between('06-02', '06-09'), { ...BEN, truncated: true }),
  )
  expect(row).toMatchObject({ author: 'ben', text: 'Who has…' })
})

it('another text of another date by the same author, or by nobody that the site names, is another post', () => {
  for (const author of [{}, { author: null }]) {
    const row = inAllWays(
      look(1, 'Mulch keeps the soil wet.', between('06-01', '06-01')),
      look(2, 'Who has seeds?', between('12-01', '12-01'), author),
      look(3, 'Who has seeds?', between('12-01', '12-01'), author),
    )
    expect(row).toMatchObject({
      author: 'author' in author ? null : 'ada',
      posted_from: '2025-12-01T00:00:00Z',
      text: 'Who has seeds?',
    })
  }
})
