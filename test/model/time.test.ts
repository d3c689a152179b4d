import { describe, expect, it } from 'vitest'
import { instant } from '../../src/model/time.js'

const at = (iso: string) => instant(Date.parse(iso) / 1000)

describe('an instant', () => {
  it('has a year of four digits, from 1 on', () => {
    expect([at('0001-01-01T00:00:00Z'), at('9999-12-31T23:59:59Z')]).toEqual([
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ])
  })

  it.each([
    ['the zero date of MySQL, as PHP counts it', '-000001-11-30T00:00:00Z'],
    ['the year 0', '0000-12-31T23:59:59Z'],
    ['the year 10000', '+010000-01-01T00:00:00Z'],
    ['the last year of JavaScript', '+275760-09-13T00:00:00Z'],
  ])('is none: %s', (_, iso) => {
    expect(at(iso)).toBeNull()
  })

  it('is none: no number', () => {
    expect(instant(Number.NaN)).toBeNull()
  })
})
