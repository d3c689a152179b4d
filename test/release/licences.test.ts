import { describe, expect, it } from 'vitest'
import { ALLOWED, ALLOWED_FOR_DEVELOPMENT, isAllowed, lockedPackages } from '../../release/licences.js'

describe('the licences of packages', () => {
  it('allow us to hand the packages on', () => {
    const others = lockedPackages().filter(
      ({ license, dev }) => !isAllowed(license, dev ? ALLOWED_FOR_DEVELOPMENT : ALLOWED),
    )
    expect(others).toEqual([])
  })

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['(BSD-2-Clause AND MIT) OR GPL-2.0-only', true],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('%j: %s', (expression, expected) => expect(isAllowed(expression, ALLOWED)).toBe(expected))
})
