import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesIn } from '../../../src/export/pseudonyms/names-list.js'
import { anyThread } from '../arbitrary.js'
import { hostileText } from '../hostile.js'
import { coveredReader, coveredText, person } from './covered.js'

describe('whatever a site sends', () => {
  it('is covered without an error, with as many posts in the same tree', () => {
    const names = fc.array(fc.tuple(hostileText, hostileText), { maxLength: 4 })
    fc.assert(
      fc.property(anyThread, names, (thread, called) => {
        const people = called.map(([slug, name], at) => person(`${at}`, slug, name))
        const [covered] = coveredReader([thread], { people, texts: called.map(([, name]) => name) }).threads({})
        const shape = ({ posts }: typeof thread) =>
          [...posts].map(({ depth, position, replies }) => [depth, position, replies])
        expect(covered && shape(covered)).toEqual(shape(thread))
      }),
      { numRuns: 60 },
    )
  })

  it('a name of plain letters is in no text that has it, whatever is around it', () => {
    const name = fc.stringMatching(/^[B-DF-HJ-NP-TV-Z][bcdfghjklmnpqrtvwxz]{4,8}$/)
    fc.assert(
      fc.property(name, hostileText, hostileText, (one, before, after) => {
        const covered = coveredText(`${before} ${one} ${after}`, { people: [person('1', 'x', one)] })
        expect(` ${covered} `).not.toMatch(new RegExp(`[ ]${one}[ ]`, 'i'))
      }),
      { numRuns: 100 },
    )
  })

  it('a list of names is read or refused with its line', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), lines => {
        try {
          namesIn(lines.join('\n'))
        } catch (error) {
          expect(String(error)).toMatch(/Line \d+ of the list of names has no name/)
        }
      }),
      { numRuns: 60 },
    )
  })
})
