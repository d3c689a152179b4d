import { expect, it } from 'vitest'
import { completionTasks } from '../../../src/run/plan/full-texts.js'
import { ThreadAddresses } from '../../../src/run/plan/thread-addresses.js'
import { page, post, SITE } from '../../archive/shelf.js'

/** A page of a theme with markup of its own, which only the rules for all themes read. */
const shortened = page([post('7', null, { truncated: true })], { template: 'legacy+generic' })
const stream = { home: `${SITE}groups/gardeners/`, ajaxUrl: `${SITE}wp-admin/admin-ajax.php`, route: 'ajax' } as const

it('under any markup, the request that brought a page tells which pack answers "Read more"', () => {
  const [byNouveau] = completionTasks(shortened, { ...stream, legacy: false }, new ThreadAddresses())
  expect(byNouveau).toMatchObject({ kind: 'text', request: { nonce: 'activity', form: { id: '7' } } })
  const [byLegacy] = completionTasks(shortened, { ...stream, legacy: true }, new ThreadAddresses())
  expect(byLegacy).toMatchObject({ kind: 'thread', id: '7', texts: ['7'] })
})

it('a thread whose author is deleted, so that its page leads elsewhere, is completed in the form of its pack', () => {
  const partial = page([post('7', null, { truncated: true, author: null })], { template: 'legacy+generic' })
  for (const view of partial.threads) view.whole = false
  const [thread] = completionTasks(partial, { ...stream, legacy: false }, new ThreadAddresses())
  expect(thread).toMatchObject({ kind: 'thread', texts: ['7'], byNouveau: true })
})
