import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { Erasure } from '../../../src/model/reports/forget.js'
import { ENV, member, page, post, rows, type Shelf, SITE, shelf } from '../shelf.js'

const MAEVE = member('maeve', { id: '5', name: "Maeve O'Neill", avatarUrl: `${SITE}avatars/5/maeve.jpg` })
const BEN = member('ben', { id: '6', name: 'Ben' })

const HER_WORDS = 'My secret bean is a purple one'

const hers = (id: string, parent: string | null, changes = {}) =>
  post(id, parent, { author: MAEVE, text: HER_WORDS, html: `<p>${HER_WORDS}</p>`, ...changes })

/** Her thread with a reply of Ben's, and a thread of his in which she answers. */
function filled(): Shelf {
  const one = shelf()
  const url = `${SITE}members/maeve/activity/10/`
  one.save(
    page([
      hers('10', null, {
        url,
        heading: 'Purple beans',
        attachments: [{ kind: 'image', url: `${SITE}bean.jpg`, name: 'bean' }],
        links: [{ kind: 'link', url: 'https://beans.example/', text: 'beans' }],
      }),
      post('11', '10', { author: BEN, url: `${url}#acomment-11`, text: 'Which one?' }),
      post('20', null, {
        author: BEN,
        text: 'Rain again',
        html: '<p>Rain again, says <a href="/members/maeve/">@maeve</a></p>',
      }),
      hers('21', '20'),
    ]),
  )
  one.save(page([hers('21', '20', { text: 'Another bean altogether, my friends', threadId: '20' })]))
  return one
}

function forget(file: string, name = 'maeve', redact = false): Erasure {
  const archive = openArchive(file, 'write', ENV)
  try {
    const [found] = archive.forgetting.people.named(name, null)
    if (!found) throw new Error('nobody')
    return archive.forgetting.forget(found, { at: '2026-02-01T00:00:00.000Z', version: '0', redact })
  } finally {
    archive.close()
  }
}

const filledAndForgotten = (redact = false) => {
  const one = filled()
  one.close()
  return { ...one, erased: forget(one.file, 'maeve', redact) }
}

const hidden = (text: string): string => Buffer.from([7, ...Buffer.from(text).map(byte => byte ^ 7)]).toString('hex')

describe('forgetting a member', () => {
  it('says what goes', () => {
    expect(filledAndForgotten().erased).toEqual({
      posts: 2,
      revisions: 1,
      captures: 2,
      traces: 2,
      targets: 0,
      files: 0,
      mentions: ['20'],
    })
  })

  it('leaves places, and no words', () => {
    const { file } = filledAndForgotten()
    const columns = 'site_post_id, text, html, heading, title, content_hash, member_id, forgotten, url'
    expect(rows(file, `SELECT ${columns} FROM posts WHERE forgotten ORDER BY id`)).toEqual(
      [
        ['10', `${SITE}activity/p/10/`],
        ['21', `${SITE}activity/p/20/#acomment-21`],
      ].map(([site_post_id, url]) => ({
        ...{ site_post_id, url, text: '', html: '', heading: null, title: null, content_hash: '', member_id: null },
        forgotten: 1,
      })),
    )
    expect(rows(file, 'SELECT url FROM posts WHERE site_post_id = 11')).toEqual([
      { url: `${SITE}activity/p/10/#acomment-11` },
    ])
    expect(rows(file, 'SELECT id FROM revisions UNION ALL SELECT id FROM attachments')).toEqual([])
    expect(rows(file, 'SELECT text FROM posts WHERE NOT forgotten ORDER BY id')).toEqual([
      { text: 'Which one?' },
      { text: 'Rain again' },
    ])
  })

  it('keeps the number and hashes, and an event without a name', () => {
    const { file } = filledAndForgotten()
    expect(
      rows(
        file,
        'SELECT site_member_id, slug, name, url, avatar_url, forgotten_at FROM members WHERE forgotten_at IS NOT NULL',
      ),
    ).toEqual([
      {
        site_member_id: '5',
        slug: null,
        name: null,
        url: null,
        avatar_url: null,
        forgotten_at: '2026-02-01T00:00:00.000Z',
      },
    ])
    expect(rows(file, "SELECT kind, reason, after FROM events WHERE kind = 'forgotten'")).toEqual([
      { kind: 'forgotten', reason: '2 posts, 1 earlier texts, 2 answers', after: 'wiped' },
    ])
    expect(rows(file, 'SELECT command FROM runs ORDER BY id DESC LIMIT 1')).toEqual([{ command: 'forget' }])
  })

  it('finds nothing of theirs by searching, and the archive is sound', () => {
    const { file } = filledAndForgotten()
    expect(rows(file, "SELECT rowid FROM posts_fts('bean OR beans OR purple')")).toEqual([])
    expect(rows(file, "SELECT rowid FROM posts_fts('rain')")).toHaveLength(1)
    const archive = openArchive(file, 'read', ENV)
    const results = [...archive.verifier.results({ quick: false, env: ENV })]
    archive.close()
    expect(results.filter(({ state }) => state !== 'ok')).toEqual([])
  })

  it('leaves nobody whose name an export would look for', () => {
    const { file } = filledAndForgotten()
    const sql = new Sqlite(file)
    sql.exec(
      `INSERT INTO links (post_id, kind, url, text)
        SELECT id, 'mention', '${SITE}members/forgotten-member/', '@forgotten-member' FROM posts LIMIT 1`,
    )
    sql.close()
    const archive = openArchive(file, 'read', ENV)
    const people = [...(archive.reader.people?.() ?? [])]
    archive.close()
    expect(people.length).toBeGreaterThan(0)
    expect(JSON.stringify(people)).not.toContain('forgotten')
  })

  it('shows the place to readers', () => {
    const { file } = filledAndForgotten()
    const archive = openArchive(file, 'read', ENV)
    const [thread] = archive.reader.threads({ threads: ['10'] })
    expect(thread).toMatchObject({
      title: '(forgotten)',
      author: null,
      replies: 1,
      completeness: { state: 'complete' },
    })
    expect([...(thread?.posts ?? [])]).toMatchObject([
      { post: { forgotten: true, text: '', author: null, status: 'live' } },
      { post: { author: { slug: 'ben' }, text: 'Which one?' } },
    ])
    archive.close()
  })

  it('all names that they ever had', () => {
    const one = shelf()
    one.save(page([hers('1', null, { author: member('mave', { id: '5', name: 'Mave Neill' }) })]))
    one.save(page([hers('1', null)]))
    one.save(page([post('2', null, { author: BEN, text: 'Mave Neill wrote this' })]))
    one.close()
    expect(forget(one.file).mentions).toEqual(['2'])
    expect(rows(one.file, "SELECT count(*) AS n FROM events WHERE kind = 'renamed'")).toEqual([{ n: 0 }])
  })

  it('of one site alone, where two have such a member', () => {
    const one = filled()
    const other = 'https://other.example/'
    const author = { ...MAEVE, url: `${other}members/maeve/` }
    one.save(page([hers('10', null, { url: `${other}activity/p/10/`, author })], { site: { url: other, name: null } }))
    one.close()
    const archive = openArchive(one.file, 'read', ENV)
    const { people } = archive.forgetting
    const sites = [
      people.named('maeve', null),
      people.named('5', other),
      people.named(`${SITE}members/maeve/activity/`, null),
    ]
    archive.close()
    expect(sites.map(list => list.map(({ site }) => site))).toEqual([[SITE, other], [other], [SITE]])
  })

  it('says so where another program keeps the bytes in the file, and wipes them the next time', () => {
    const one = filled()
    one.close()
    const writing = openArchive(one.file, 'write', ENV)
    const reader = new Sqlite(one.file, { readonly: true })
    const open = reader.prepare('SELECT * FROM posts').iterate()
    open.next()
    const [found] = writing.forgetting.people.named('maeve', null)
    if (!found) throw new Error('nobody')
    const how = { at: '2026-02-01T00:00:00.000Z', version: '0', redact: true }
    expect(() => writing.forgetting.forget(found, how)).toThrow(/the file still contains the erased bytes/)
    open.return?.()
    reader.close()
    expect(writing.forgetting.isWiped(found)).toBe(false)
    writing.forgetting.wipe(found.row)
    expect(writing.forgetting.isWiped(found)).toBe(true)
    writing.close()
    expect(readFileSync(one.file).toString('utf8')).not.toMatch(/purple|neill/i)
  })

  it('takes the name out of what others wrote, if that is wanted, and the next reading sees no edit', () => {
    const one = filledAndForgotten(true)
    const html = '<p>Rain again, says <a href="/members/forgotten-member/">@forgotten-member</a></p>'
    expect(rows(one.file, 'SELECT html FROM posts WHERE site_post_id = 20')).toEqual([{ html }])
    const again = shelf(one.file)
    const ben = {
      author: BEN,
      text: 'Rain again',
      html: '<p>Rain again, says <a href="/members/maeve/">@maeve</a></p>',
    }
    expect(again.save(page([post('20', null, ben)]))).toMatchObject({ changedPosts: 0 })
    again.save(page([post('20', null, { ...ben, text: 'Rain again and again, @maeve', html: '<p>@maeve</p>' })]))
    again.close()
    expect(rows(one.file, 'SELECT html, text FROM posts WHERE site_post_id = 20')).toEqual([
      { html: '<p>@forgotten-member</p>', text: 'Rain again and again, @forgotten-member' },
    ])
  })
})

describe('the name in what others wrote', () => {
  it.each([
    ['an earlier text', { text: '@maeve said so' }, { text: 'somebody said so' }],
    ['a link', {}, { links: [{ kind: 'link' as const, url: `${SITE}members/maeve/`, text: 'her' }] }],
    ['a picture', {}, { attachments: [{ kind: 'image' as const, url: `${SITE}bean.jpg`, name: 'by @maeve' }] }],
  ])('is found and taken out of %s, too', (_, before, after) => {
    const one = shelf()
    one.save(page([hers('10', null)]))
    one.save(page([post('30', null, { author: BEN, ...before })]))
    one.save(page([post('30', null, { author: BEN, ...before, ...after })]))
    one.close()
    expect(forget(one.file, 'maeve', true).mentions).toEqual(['30'])
    const parts = ['text FROM revisions', 'url || text AS text FROM links', 'url || name AS text FROM attachments']
    expect(JSON.stringify(parts.map(part => rows(one.file, `SELECT ${part}`)))).not.toMatch(/maeve/)
  })

  it('was all that had changed: no edit stays', () => {
    const one = shelf()
    one.save(page([hers('10', null)]))
    one.save(page([post('30', null, { author: BEN, text: 'so says @maeve', html: '<p>@maeve</p>' })]))
    one.save(page([post('30', null, { author: BEN, text: 'so says @Maeve', html: '<p>@Maeve</p>' })]))
    one.close()
    expect(rows(one.file, 'SELECT count(*) AS n FROM revisions')).toEqual([{ n: 1 }])
    forget(one.file, 'maeve', true)
    expect(rows(one.file, 'SELECT count(*) AS n FROM revisions')).toEqual([{ n: 0 }])
  })
})

describe('a later reading', () => {
  it.each([
    ['the same', MAEVE],
    ['a new name', member('maeve2', { id: '5', name: 'M' })],
    ['the slug alone', member('maeve')],
    ['the name alone', member(null, { name: "Maeve O'Neill" })],
    ['nobody', null],
  ])('brings nothing back; the author of her posts is %s', (_, author) => {
    const one = filledAndForgotten()
    const again = shelf(one.file)
    again.save(page([hers('10', null, { author, text: 'Edited bean of mine', html: '<p>Edited bean</p>' })]))
    again.close()
    expect(rows(one.file, "SELECT text, html, member_id, forgotten FROM posts WHERE site_post_id = '10'")).toEqual([
      { text: '', html: '', member_id: null, forgotten: 1 },
    ])
    expect(rows(one.file, "SELECT * FROM members WHERE slug LIKE 'maeve%' OR name LIKE 'M%'")).toEqual([])
    expect(
      rows(
        one.file,
        'SELECT withheld, size FROM captures JOIN blobs ON blobs.id = blob_id ORDER BY captures.id DESC LIMIT 1',
      ),
    ).toEqual([{ withheld: 1, size: 0 }])
  })

  it('of somebody else with her former slug keeps their posts', () => {
    const one = filledAndForgotten()
    const again = shelf(one.file)
    again.save(
      page([post('30', null, { author: member('maeve', { id: '99', name: 'Maeve Other' }), text: 'I am new here' })]),
    )
    again.close()
    expect(rows(one.file, "SELECT text, forgotten FROM posts WHERE site_post_id = '30'")).toEqual([
      { text: 'I am new here', forgotten: 0 },
    ])
  })

  it('erases a post whose author was not told before', () => {
    const one = filledAndForgotten()
    const again = shelf(one.file)
    again.save(page([hers('40', null, { author: null })]))
    again.save(page([hers('40', null)]))
    again.close()
    expect(rows(one.file, "SELECT text, forgotten FROM posts WHERE site_post_id = '40'")).toEqual([
      { text: '', forgotten: 1 },
    ])
  })

  it.each([
    ['as it is', '<a href="/members/maeve/">Maeve O&#8217;Neill</a>'],
    ['hidden by Cloudflare', `<a data-cfemail="${hidden('Maeve O’Neill')}">[email&#160;protected]</a>`],
  ])('that was killed leaves no answer with her name, %s, behind the next one', (_how, html) => {
    const one = filledAndForgotten()
    const killed = openArchive(one.file, 'write', ENV)
    const { run } = killed.startRun('archive', '0', '2026-03-01T00:00:00.000Z')
    const request = { url: `${SITE}groups/gardeners/` }
    const body = Buffer.from(html)
    const first = { kind: 'group', reason: 'named', request } as const
    const pass = killed.beginPass(SITE, { reader: 'visitor', via: 'auto' }, first, '2026-03-01T00:00:00.000Z')
    const task = killed.frontier.next(pass, new Set())
    if (!task) throw new Error('nothing to do')
    killed.keep(
      run,
      { request, url: request.url, status: 200, headers: {}, body, capturedAt: '2026-03-01T00:00:01Z' },
      'visitor',
      { task, pass },
    )
    killed.close()
    const next = openArchive(one.file, 'write', ENV)
    next.startRun('archive', '0', '2026-03-02T00:00:00.000Z')
    next.close()
    expect(
      rows(
        one.file,
        'SELECT withheld, size FROM captures JOIN blobs ON blobs.id = blob_id ORDER BY captures.id DESC LIMIT 1',
      ),
    ).toEqual([{ withheld: 1, size: 0 }])
  })
})
