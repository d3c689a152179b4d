import { group, member, page, post, type Shelf, shelf } from './shelf.js'

/** An archive to which something happens each hour. */

export const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
export const words = (text: string) => ({ text, html: `<p>${text}</p>` })
export const ben = (name: string) => ({ author: member('ben', { id: '3', name }) })

/** A pass that ends: what it has not shown of a whole thread is gone. */
export function settle(one: Shelf, hour: number) {
  const pass = one.archive.beginPass(
    `settling ${hour}`,
    { reader: 'visitor', via: 'auto' },
    { kind: 'group', reason: 'named', request: { url: 'https://town.example/' } },
    at(hour),
  )
  const reading = { ...pass, after: rowsBefore(one) }
  return one.archive.tombstones.settle({ run: 1, pass: reading, reader: 'visitor', at: at(hour) }, new Set())
}
const rowsBefore = (one: Shelf) => (one.sql<{ n: number }>('SELECT max(id) AS n FROM captures')[0]?.n ?? 0) - 1

/** 1: a thread of three; 2: an edit and renames; 3: unchanged; 4: edited back, and 3 is absent; 5: 3 is back. */
export function eventful(): Shelf {
  const one = shelf()
  one.save(page([post('1', null, words('Sow in May')), post('2', '1', ben('Ben')), post('3', '1')]))
  const growers = group('growers', { id: '1', name: 'Growers' })
  const opening = (text: string) => post('1', null, { ...words(text), group: growers })
  const second = post('2', '1', { ...ben('Benedict'), group: growers })
  const third = (text: string) => post('3', '1', { ...words(text), group: growers })
  one.save(page([opening('Sow in June'), second, third('Post 3')]))
  one.save(page([opening('Sow in June'), second, third('Post 3')]))
  one.save(page([opening('Sow in May'), second]))
  settle(one, 4)
  one.save(page([opening('Sow in May'), second, third('3, again')]))
  return one
}
