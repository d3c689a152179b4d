import { expect, it } from 'vitest'
import { town } from '../community/town.js'
import { mixedTown } from './answers.js'
import { desk } from './outside.js'

const REMOVE = /threadkeep targets remove (\S+)$/

async function notesOf(named: readonly string[], leftOut?: string) {
  const { server } = await town({ pack: 'legacy' }, mixedTown())
  const one = desk()
  const [first = '', ...more] = named.map(path => server.url + path)
  await one.run(first)
  if (leftOut !== undefined) one.remove(server.url + leftOut)
  if (more.length > 0) await one.run(more)
  const { exitCode, targets } = await one.sync()
  const told = targets.flatMap(({ notes }) => notes.flatMap(({ message }) => REMOVE.exec(message)?.[1] ?? []))
  return { exitCode, told: told.map(url => url.replace(server.url, '/')) }
}

it.each<[string, string[], string[]]>([
  ['a group of it', ['', 'groups/gardeners/'], ['/groups/gardeners/']],
  ['its directory', ['', 'groups/'], ['/groups/']],
  ['a group of its directory', ['groups/bakers/', 'groups/'], ['/groups/bakers/']],
  ['two groups: one note', ['', 'groups/bakers/', 'groups/gardeners/'], ['/groups/bakers/']],
  ['other pages', ['', 'members/ada/', 'activity/p/501/'], []],
  ['nothing: the targets are beside each other', ['groups/bakers/', 'groups/gardeners/', 'members/ada/'], []],
  ['nothing: they are spellings of one address', ['groups/bakers', 'groups/Bakers/', '/groups/bakers/activity/'], []],
])('sync says what it reads twice, a whole site and %s', async (_what, named, told) => {
  expect(await notesOf(named)).toEqual({ exitCode: 0, told })
})

it('a group that the whole site leaves out is read once', async () => {
  expect(await notesOf(['', 'groups/gardeners/'], 'groups/gardeners/')).toEqual({ exitCode: 0, told: [] })
})
