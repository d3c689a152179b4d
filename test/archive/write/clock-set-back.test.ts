import { expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { words } from '../eventful.js'
import { archiveOf } from '../merge/merging.js'
import { ENV, page, post, rows } from '../shelf.js'

const shown = (text: string, name: string) =>
  page([post('1', null, { ...words(text), author: { id: '2', slug: 'ada', name, url: null, avatarUrl: null } })])

it('what the site shows now is the newest, also by a clock that was set back', () => {
  const file = archiveOf('a', [
    { page: shown('Words of a night in the future.', 'Ada'), hour: 900 },
    { page: shown('Words of today.', 'Ada King'), hour: 5, isLive: true },
    { page: shown('Words of tomorrow.', 'Ada Queen'), hour: 29, isLive: true },
  ])
  expect(rows(file, 'SELECT text, name FROM posts JOIN members ON members.id = member_id')).toEqual([
    { text: 'Words of tomorrow.', name: 'Ada Queen' },
  ])
  expect(rows(file, 'SELECT text FROM revisions ORDER BY id')).toEqual([
    { text: 'Words of a night in the future.' },
    { text: 'Words of today.' },
  ])
  const archive = openArchive(file, 'read', ENV)
  try {
    const checks = [...archive.verifier.results({ quick: false, env: { host: 'here', isAlive: () => true } })]
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([])
  } finally {
    archive.close()
  }
})
