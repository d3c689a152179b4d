import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { SeenRequest } from '../../src/demo/index.js'
import { town } from '../demo/town.js'
import { desk } from './outside.js'

const SECRET = 'anna%7Cvery-secret'
const NONCE = 'ab12cd34ef'
const cookies = `127.0.0.1\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\t${SECRET}\n`
const isRest = ({ path }: SeenRequest) => path.includes('/wp-json')

it('a session goes along, to REST with its nonce, and none of it is kept', async () => {
  const { server } = await town({
    rest: true,
    intercept: (request, response) => {
      if (request.query.get('action') !== 'rest-nonce') return false
      response.end(NONCE)
      return true
    },
  })
  const one = desk()
  const report = await one.run(server.url, { cookies })
  expect(report.exitCode).toBe(0)
  // The demo knows no members, and says so.
  expect(report.targets[0]?.notes[0]?.message).toContain('answers as to a visitor')
  expect(server.requests.every(({ headers }) => headers['cookie'] === `wordpress_logged_in_1=${SECRET}`)).toBe(true)
  expect(server.requests.filter(isRest).every(({ headers }) => headers['x-wp-nonce'] === NONCE)).toBe(true)
  expect(server.requests.filter(({ query }) => query.get('action') === 'rest-nonce')).toHaveLength(1)
  const kept = readFileSync(one.file, 'latin1') + JSON.stringify(report)
  for (const secret of ['very-secret', NONCE]) expect(kept).not.toContain(secret)
})

it('a nonce that has gone stale is asked for once more', async () => {
  let asked = 0
  const { server } = await town({
    rest: true,
    intercept: (request, response) => {
      if (request.query.get('action') === 'rest-nonce') {
        response.end(`ab12cd34e${asked++}`)
        return true
      }
      if (!isRest(request) || request.headers['x-wp-nonce'] === 'ab12cd34e1') return false
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end('{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}')
      return true
    },
  })
  const report = await desk().run(server.url, { cookies })
  expect([report.exitCode, report.targets[0]?.route, asked]).toEqual([0, 'rest', 2])
})

it('without a session no nonce is asked for', async () => {
  const { server } = await town({ rest: true })
  await desk().run(server.url)
  expect(server.requests.some(({ query, headers }) => query.has('action') || headers['x-wp-nonce'])).toBe(false)
})
