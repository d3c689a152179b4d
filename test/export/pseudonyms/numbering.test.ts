import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashWith, numberPeople } from '../../../src/export/pseudonyms/numbering.js'
import { Pseudonyms } from '../../../src/export/pseudonyms/pseudonyms.js'
import type { KnownPerson } from '../../../src/model/people/known-person.js'
import { readerOf } from '../../cli/fake-reader.js'
import { keyInMemory, person, SITE } from './covered.js'

const { key } = keyInMemory()
const ANNA = person('44', 'anna', 'Anna')
const BERT = person('45', 'bert', 'Bert')

it('hashes are HMAC-SHA256', () => {
  const hmac = createHmac('sha256', Buffer.alloc(32, 7)).update('https://c.example/\nid\nÄ').digest('hex')
  expect(hashWith(key)('https://c.example/', 'id', 'Ä')).toBe(hmac.slice(0, 32))
})

describe('numbers of members', () => {
  it('stay when the archive grows, in any order, and are told apart', () => {
    const first = numberPeople(key, [ANNA, BERT])
    const many = Array.from({ length: 50 }, (_, at) => person(`${at}x`, `m${at}`, `M ${at}`))
    const later = numberPeople(first.key, [...many, BERT, ANNA])
    expect(later.numbers.slice(-2)).toEqual(first.numbers.toReversed())
    expect(new Set(later.numbers).size).toBe(52)
    expect(numberPeople(later.key, [...many, BERT, ANNA]).key).toEqual(later.key)
  })

  it('are the same for the same key whatever comes first, and others for another secret', () => {
    const people = Array.from({ length: 30 }, (_, at) => person(`${at}`, `m${at}`, `M ${at}`))
    const { numbers } = numberPeople(key, people)
    expect(numberPeople(key, people.toReversed()).numbers).toEqual(numbers.toReversed())
    expect(numberPeople({ ...key, secret: Buffer.alloc(32, 9).toString('base64') }, people).numbers).not.toEqual(
      numbers,
    )
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b))
  })

  const sameAs = (before: KnownPerson, after: KnownPerson, others: readonly KnownPerson[] = []) => {
    const first = numberPeople(key, [before, ...others])
    const [number] = numberPeople(first.key, [after]).numbers
    return number === first.numbers[0]
  }

  it('stay after a rename, a move of the site, and once the id is known', () => {
    expect(sameAs(ANNA, person('44', 'annika', 'Annika'))).toBe(true)
    expect(sameAs(ANNA, { ...ANNA, sites: ['https://moved.example/', SITE] })).toBe(true)
    expect(sameAs(person(null, 'anna', 'Anna'), ANNA)).toBe(true)
    expect(sameAs(person(null, null, 'Anna Kowalska'), person(null, null, 'anna kowalska'))).toBe(true)
  })

  it('are of one person: not of who has her slug now, nor of her name on the same or another site', () => {
    expect(sameAs(ANNA, person('99', 'anna', 'Anna'))).toBe(false)
    expect(sameAs(ANNA, person('99', 'anna-2', 'Anna'))).toBe(false)
    expect(sameAs(ANNA, { ...ANNA, sites: ['https://other.example/'] })).toBe(false)
    expect(sameAs(ANNA, person(null, null, 'Anna'))).toBe(false)
  })

  it('are one for two rows of one person, and none for a member without a name is lost', () => {
    const { numbers } = numberPeople(key, [person(null, 'anna'), ANNA, person('46', null)])
    expect(numbers[0]).toBe(numbers[1])
    expect(numbers[2]).not.toBe(numbers[0])
  })
})

describe('pseudonyms', () => {
  const NOTHING = { names: [], kept: new Set<string>() }
  const of = (people: readonly KnownPerson[], keys = keyInMemory()) =>
    Pseudonyms.of({ ...readerOf([]), people: () => people }, keys, NOTHING)

  it('are none that somebody is called', () => {
    const people = of([person('1', 'member-001', 'Member 002')])
    expect(people.ofId(SITE, '1')?.name).toBe('Member 003')
  })

  it('of another project are refused, unless the key is shared', () => {
    const keys = keyInMemory()
    of([ANNA], keys)
    const stranger = { ...BERT, sites: ['https://other.example/'] }
    expect(() => of([stranger], keys)).toThrow('The key file key.json belongs to another project')
    expect(of([stranger], { ...keys, isShared: true }).ofId('https://other.example/', '45')?.name).toMatch(
      /^Member 00\d$/,
    )
    expect(() => of([stranger, ANNA], keys)).not.toThrow()
  })
})
