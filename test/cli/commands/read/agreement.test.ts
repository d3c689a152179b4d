import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { running, testIo, testOut } from '../../test-io.js'

const FILES: Readonly<Record<string, string>> = {
  'kim.csv': 'id,code\n1,care\n2,care;bees\n3,\n4,bees\n',
  'lee.csv': 'id;coder;code\n1;Lee\u001b[2J;care\n2;Lee\u001b[2J;care\n3;Lee\u001b[2J;bees\n',
  'urls.csv': 'url,code\nhttps://community.example/activity/1/,care\n',
  'empty.csv': 'id,coder,code\n',
  'none-a.csv': 'id,code\n1,\n',
  'none-b.csv': 'id,code\n1,\n',
}

const comparing = (line: string, out = testOut()) => {
  const io = testIo({
    cwd: '/',
    env: { NO_COLOR: '1' },
    readFile: async path => FILES[path.slice(1)] ?? Promise.reject(new Error('no such file')),
  })
  io.stdout = out
  return running(['agreement', ...line.split(' ')], io)
}

describe('agreement', () => {
  test('is a table for people', async () => {
    const { out, code } = await comparing('kim.csv lee.csv', testOut({ isTTY: true, width: 80 }))
    expect(code).toBe(0)
    expect(out).toBe(
      `Lee[2J and kim on 3 posts
1 more post with a row of one coder only: left out; with --units any, the others
    gave no code.

code    posts    given    agree    kappa    alpha
bees        3        2   33.3 %   -0.500   -0.250
care        3        4  100.0 %    1.000    1.000
`.replace('Lee[2J', /^(.*) and/.exec(out)?.[1] ?? ''),
    )
    expect(out).not.toContain('\u001b')
  })

  test('is a line a code for scripts, and a table with --csv', async () => {
    expect((await comparing('kim.csv lee.csv')).out).toBe('bees\t3\t2\t0.3333\t-0.5\t-0.25\ncare\t3\t4\t1\t1\t1\n')
    const { out } = await comparing('kim.csv lee.csv --units any --csv')
    expect(out.split('\r\n').slice(0, 2)).toEqual([
      'code,units,given,percent,kappa,alpha',
      expect.stringMatching(/^bees,4,3,0\.25,/),
    ])
  })

  test('is a document that the schema allows', async () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../../../docs/schema/agreement-1.json', import.meta.url), 'utf8'),
    ) as object
    const valid = new Ajv2020({ allowUnionTypes: true }).compile(schema)
    const report = JSON.parse((await comparing('kim.csv lee.csv --json')).out)
    expect([valid(report), valid.errors]).toEqual([true, null])
    expect(report).toMatchObject({ rule: 'shared', posts: 4, units: 3 })
  })

  test.each([
    ['kim.csv', 'All rows are of kim.'],
    ['empty.csv', 'The files have no row of a coder.'],
    ['kim.csv urls.csv', 'No post has rows of two coders.'],
    ['none-a.csv none-b.csv', 'No coder gave any post a code.'],
    ['missing.csv', "The file of annotations /missing.csv can't be read (no such file)."],
    ['kim.csv kim.csv', 'kim.csv, row 2: kim gives the post the code "care" again, as in kim.csv, row 2.'],
  ])('of %s is refused with a sentence', async (line, message) => {
    const { code, out, err } = await comparing(line)
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(message)
  })
})
