import { describe, expect, it } from 'vitest'
import { running, testIo } from './test-io.js'

const ended = (...line: string[]) => running(line, testIo())

describe('a command that does not exist', () => {
  it.each([
    ['get', 'one of archive, sync'],
    ['fetch', 'one of archive, sync'],
    ['update', 'sync'],
    ['ls', 'list'],
    ['cat', 'show'],
    ['find', 'search'],
    ['open', 'one of view, show'],
    ['exprot', 'export'],
    ['lsit', 'list'],
    ['version', '--version'],
    ['vesion', 'one of --version, verify, person'],
    ['diff-', 'diff'],
  ])('%s: %s', async (word, meant) => {
    const { code, err } = await ended(word)
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`Error: unknown command '${word}'\n(Did you mean ${meant}?)`),
    ])
  })

  it.each(['forgte', 'forge', 'forgett', 'FORGET'])('never suggests what deletes: %s', async word => {
    expect((await ended(word)).err).not.toContain('forget?')
  })

  it.each(['zzzzzzzz', '-'])('nothing is near %s', async word => {
    expect((await ended(word)).err).not.toContain('Did you mean')
  })

  it('help for it suggests, too, and fails', async () => {
    const { code, out, err } = await ended('help', 'exprot')
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('(Did you mean export?)')])
    expect((await ended('help', 'export')).code).toBe(0)
    expect((await ended('help')).code).toBe(0)
  })

  it.each([
    ['exit-code', 'exit-codes'],
    ['enviroment', 'environment'],
    ['topic', 'topics'],
    ['zzzzzz', null],
  ])('help %s is no topic: %s is meant', async (word, meant) => {
    const { code, out, err } = await ended('help', word)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(
      `unknown command or topic '${word}'${meant ? `\n(Did you mean ${meant}?)` : '\n"threadkeep help topics"'}`,
    )
  })

  it('with --json the error is a document', async () => {
    const { out } = await ended('exprot', '--json')
    expect(JSON.parse(out)).toMatchObject({ schema: 'threadkeep.error/1', exitCode: 2 })
  })
})
