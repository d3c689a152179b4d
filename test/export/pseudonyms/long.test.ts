import { describe, expect, it } from 'vitest'
import { riskReport } from '../../../src/export/risk/risk-report.js'
import { processorTime } from '../../processor-time.js'
import { keptThread } from '../threads.js'
import { coveredPosts, person } from './covered.js'

const people = [person('1', 'anna', 'Anna Kowalska'), person('2', 'mei', '陳美玲')]
const LONG = 200_000

describe('long texts take time in proportion to their length', () => {
  it.each([
    ['letters without spaces', '字'.repeat(LONG)],
    ['one word', 'a'.repeat(LONG)],
    ['marks of mentions', '@'.repeat(LONG)],
    ['dots behind an @', `@${'.'.repeat(LONG)}`],
    ['ends of an address', `https://o.example/${')'.repeat(LONG)}x`],
    ['digits', '1 '.repeat(LONG / 2)],
    ['beginnings of tags', '<'.repeat(LONG)],
    ['names', 'Anna '.repeat(LONG / 10)],
  ])('%s', (_, text) => {
    const time = processorTime()
    const [post] = coveredPosts([{ author: null, html: text, text }], { people })
    riskReport([keptThread({ posts: [{ text: post?.text ?? '' }] })], 'all', null)
    expect(time()).toBeLessThan(4000)
  })
})
