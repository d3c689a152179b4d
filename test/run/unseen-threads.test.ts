import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, outcome } from './outside.js'

it('a group whose threads no page has shown whole is not whole without a word', async () => {
  const posts = Array.from({ length: 300 }, (_, at) => ({ id: at + 1 }))
  const { server } = await town({ pack: 'legacy' }, communityOf({ posts }))
  const one = desk()
  await one.run(server.url, { via: 'page' })
  const db = new Sqlite(one.file)
  db.exec(
    'UPDATE threads SET whole_view_at = NULL, whole_view_in = NULL WHERE id IN (SELECT id FROM posts WHERE site_post_id IN (150, 151))',
  )
  db.close()
  one.clock.advance(30 * 86_400_000)
  const report = await one.sync({ audit: 0 })
  expect(outcome(report).code).toBe(0)
  expect(report.targets[0]?.groups.map(({ completeness }) => completeness.state)).toEqual(['unknown'])
  expect(report.targets[0]?.notes.map(({ message }) => message)).toEqual([
    `${server.url}groups/gardeners/: the site has not shown whether these 2 threads are whole: 150, 151.`,
  ])
})
