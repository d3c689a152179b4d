import fc from 'fast-check'
import PostalMime, { type Email } from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { maildir } from '../../src/export/mail/maildir.js'
import { mbox } from '../../src/export/mail/mbox.js'
import { messagesOf } from '../../src/export/mail/message.js'
import type { StoredPost, StoredThread } from '../../src/model/archive.js'
import { byLabel } from '../../src/model/columns/post-labels.js'
import { hostileHtml, hostileText } from './hostile.js'
import { hasPython, python, fileOf as savedAs } from './table/reading.js'
import { ANNA, chain, contextOf, keptThread, NOON, rendered, textOf } from './threads.js'

const messages = (thread: StoredThread, status: 'live' | 'all' = 'all') => [
  ...messagesOf(thread, { status, timezone: null }),
]

const textsOf = (thread: StoredThread) => messages(thread).map(({ text }) => text)

/** What another program reads of the message of this post. */
const read = (post: Partial<StoredPost>, thread: Partial<StoredThread> = {}): Promise<Email> =>
  PostalMime.parse(textsOf(keptThread({ thread, posts: [post] }))[0] ?? '')

const headerOf = (message: string): string => message.slice(0, message.indexOf('\n\n'))

/** The fields of a header, unfolded. */
const fieldsOf = (message: string): string[] =>
  headerOf(message)
    .replace(/\n(?=[ \t])/g, '')
    .split('\n')

const field = (message: string, name: string): string[] =>
  fieldsOf(message).flatMap(line => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []))

const OURS =
  /^(?:From|Date|Archived-At|Message-ID|In-Reply-To|References|Subject|To|List-Id|X-Threadkeep-[A-Z][A-Za-z-]*|MIME-Version|Content-Type|Content-Transfer-Encoding): /

describe('the header of a message', () => {
  it('has who, when, what, where', async () => {
    const [message = ''] = textsOf(keptThread({ posts: [{ id: '240', heading: 'Salsify on clay' }] }))
    expect(fieldsOf(message)).toEqual([
      'From: "Anna" <anna@community.example.invalid>',
      'Date: Wed, 28 Oct 2026 12:00:00 +0000',
      'Archived-At: <https://community.example/activity/240/>',
      'Message-ID: <post-240@community.example>',
      'Subject: Salsify on clay',
      'To: "Care at Home" <care@community.example.invalid>',
      'List-Id: "Care at Home" <care.community.example.invalid>',
      'X-Threadkeep-Thread: 1',
      'X-Threadkeep-Post: 240',
      'X-Threadkeep-Type: activity_update',
      'X-Threadkeep-Status: live',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
    ])
  })

  it.each([
    'Дмитро Коваленко',
    '陳美玲',
    'פרופ׳ נועה בן־דוד',
    'Zoë 🌻👩‍👩‍👧 Ångström',
    'Константин Константинопольский-Задунайский из Великого Новгорода',
    'O"Brien \\ (the 2nd), <x@y.example>; a: b',
    'Professor Dame Wilhelmina-Charlotte Featherstonehaugh-Cholmondeley of the Upper Thames Valley (retired)',
    'A'.repeat(1200),
    '=?UTF-8?B?QQ==?=',
  ])('has the name %s whole', async name => {
    const { from } = await read({ author: { ...ANNA, name } })
    expect(from).toMatchObject({ name, address: 'anna@community.example.invalid' })
  })

  it('has a title and a group of any script whole, in lines of 76 characters', async () => {
    const title = 'Які обереги ви ставите на порозі? '.repeat(8).trim()
    const name = '在宅ケアの実践ネットワーク、東京と大阪と札幌の会'
    const group = { id: '7', slug: 'care', name, url: 'https://community.example/groups/care/' }
    const email = await read({ heading: title }, { group })
    expect(email.subject).toBe(title)
    expect(email.to?.[0]).toMatchObject({ name })
    const [message = ''] = textsOf(keptThread({ thread: { group }, posts: [{ heading: title }] }))
    expect(
      Math.max(
        ...headerOf(message)
          .split('\n')
          .map(line => line.length),
      ),
    ).toBeLessThanOrEqual(76)
  })

  it('says what is only known as an interval, and what is not known at all', () => {
    const dated = (from: string | null, to: string | null) => {
      const [message = ''] = textsOf(keptThread({ posts: [{ when: { from, to } }] }))
      return [...field(message, 'Date'), ...field(message, 'X-Threadkeep-Date')]
    }
    const [early, late] = ['2025-03-01T00:00:00Z', '2026-02-28T23:59:59Z']
    expect(dated(early, late)).toEqual(['Sat, 01 Mar 2025 00:00:00 +0000', `${early}/${late}`])
    expect(dated(null, late)).toEqual(['Sat, 28 Feb 2026 23:59:59 +0000', `../${late}`])
    expect(dated(early, null)).toEqual(['Sat, 01 Mar 2025 00:00:00 +0000', `${early}/..`])
    // When it was first seen.
    expect(dated(null, null)).toEqual(['Sun, 01 Nov 2026 08:00:00 +0000', '../..'])
  })

  it('says that a post is gone, edited, shortened or forgotten, and so does its text', async () => {
    const post = { status: 'gone', goneAt: NOON, revisions: 1, editedBy: NOON, truncated: true } as const
    const [message = ''] = textsOf(keptThread({ posts: [{ ...post, text: 'Hi' }] }))
    expect(fieldsOf(message).filter(line => /^X-Threadkeep-(?!Thread|Post|Type)/.test(line))).toEqual([
      'X-Threadkeep-Status: gone',
      `X-Threadkeep-Gone-At: ${NOON}`,
      'X-Threadkeep-Edited: yes',
      `X-Threadkeep-Edited-By: ${NOON}`,
      'X-Threadkeep-Truncated: yes',
    ])
    const { text } = await PostalMime.parse(message)
    expect(text?.trimEnd()).toBe('Hi\n\n-- \nEdited.\nShortened by the site.\nNo longer on the site.')
    const { from, text: words } = await read({ forgotten: true, author: null, html: '', text: '' })
    expect([from?.name, words?.trimEnd()]).toEqual(['erased member', 'Forgotten.'])
  })

  it('has no address of a site that nobody knows, and no script for one', () => {
    for (const url of [
      'http://unknown.invalid/x/',
      'javascript:alert(1)',
      '\r\nBcc: x@y.example',
      `https://a.example/${'x'.repeat(2000)}`,
    ])
      expect(field(textsOf(keptThread({ posts: [{ url }] }))[0] ?? '', 'Archived-At')).toEqual([])
    const url = 'https://a.example/ü\r\nBcc: <x@y.example>'
    expect(field(textsOf(keptThread({ posts: [{ url }] }))[0] ?? '', 'Archived-At')).toEqual([
      '<https://a.example/%C3%BCBcc:%20%3Cx@y.example%3E>',
    ])
  })

  it('keeps two sites of one host apart, and members without a name', () => {
    const ids = ['https://a.example/', 'https://a.example/town/', 'https://a.example:8080/'].map(site => {
      const [message = ''] = textsOf(
        keptThread({ thread: { site }, posts: [{ author: { ...ANNA, id: '44', slug: null, name: null } }] }),
      )
      return [...field(message, 'Message-ID'), ...field(message, 'From')]
    })
    expect(ids).toEqual([
      ['<post-1@a.example>', '"former member 44" <member.44@a.example.invalid>'],
      ['<post-1.town@a.example>', '"former member 44" <member.44@town.a.example.invalid>'],
      ['<post-1.8080@a.example>', '"former member 44" <member.44@8080.a.example.invalid>'],
    ])
  })
})

describe('a hostile text', () => {
  const named = (words: string): StoredThread => {
    const author = { id: words, slug: words, name: words, url: words }
    const group = { id: words, slug: words, name: words, url: words }
    const post = {
      author,
      html: '',
      text: words,
      heading: words,
      ...byLabel(() => words),
      type: words,
      url: words,
    }
    const attachments = [{ kind: 'document' as const, name: words, url: words }]
    return keptThread({
      thread: { title: words, group, id: '1' },
      posts: [
        { ...post, id: '1', attachments },
        { ...post, id: '2', parentId: '1' },
      ],
    })
  }

  it('makes no field, no message and no line of its own, as name, title, group, topic, file or URL', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          fc.constantFrom('a\r\nBcc: x@y.example', 'a\n\nFrom b', 'a\rX: y', '\u2028X: y', '\u0085X: y'),
        ),
        words => {
          const file = rendered(mbox, named(words))
          expect(file.match(/^From /gm)).toHaveLength(2)
          for (const message of textsOf(named(words))) {
            expect(fieldsOf(message).filter(line => !OURS.test(line))).toEqual([])
            expect(message).toMatch(/^[\t\n\x20-\x7e]*$/)
            expect(Math.max(...message.split('\n').map(line => line.length))).toBeLessThan(998)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    'From the minutes',
    '>From the minutes',
    'a\nFrom b\n>>From c\n.\n..',
    `${'x'.repeat(72)} From afar`,
    ` ${'From '.repeat(60)}`,
    'trailing \t\nspaces  ',
    'a=b=3D',
    'é'.repeat(500),
    '--\n-- \n--=_x--',
    `${'word '.repeat(14)}=20`,
  ])('comes back as it was: %j', async words => {
    const [message = ''] = textsOf(keptThread({ posts: [{ html: '', text: words }] }))
    expect(message).not.toMatch(/^>*From /m)
    expect((await PostalMime.parse(message)).text?.trimEnd()).toBe(words.trimEnd())
  })
})

describe('a post with markup', () => {
  const html =
    '<p>See <a href="https://a.example/">there</a> and <b>here</b>: <img src="https://a.example/bed.png" alt="Bed"></p>'

  it('has its text and its HTML, which loads nothing', async () => {
    const attachments = [
      { kind: 'image' as const, name: 'Bed', url: 'https://a.example/bed.png' },
      { kind: 'document' as const, name: 'Plan <b>', url: 'https://a.example/plan.pdf' },
    ]
    const email = await read({ html, text: 'See there and here:', attachments, truncated: true })
    expect(email.text?.trimEnd()).toBe(
      'See there and here:\n\n-- \nBed: https://a.example/bed.png\nPlan <b>: https://a.example/plan.pdf\nShortened by the site.',
    )
    expect(email.html).toContain(
      '<a href="https://a.example/" rel="noreferrer nofollow">there</a> and <strong>here</strong>',
    )
    expect(email.html?.match(/>Bed \(picture\)<|>Plan &lt;b&gt;<|>Shortened by the site.</g)).toHaveLength(3)
    expect(email.html).not.toMatch(/<img|src=/)
  })

  it('has its text only where that says the same', async () => {
    const email = await read({ html: '<p>One<br>two</p>\n<p>three</p>', text: 'One\ntwo\nthree' })
    expect([email.html, email.text?.trimEnd()]).toEqual([undefined, 'One\ntwo\nthree'])
  })

  it('has no script, no request and no part of its own, whatever was typed', async () => {
    for (const source of fc.sample(hostileHtml, { numRuns: 200, seed: 1 })) {
      const email = await read({
        html: `<b>x</b>${source}`,
        text: '--=_threadkeep\nContent-Type: text/html\n\n<script>',
      })
      expect(email.text).toContain('--=_threadkeep\nContent-Type: text/html\n\n<script>')
      expect(email.attachments).toEqual([])
      expect(email.html).not.toMatch(
        /<(?:script|style|img|iframe|form|link|meta|base|svg|object|input)\b|<[^>]*\s(?:on\w+|style|src)=|href="(?!https?:|mailto:|tel:)/i,
      )
    }
  })
})

describe('threads', () => {
  const places = (thread: StoredThread) =>
    textsOf(thread).map(text =>
      [field(text, 'Message-ID'), field(text, 'In-Reply-To'), field(text, 'References')].map(([value]) => value),
    )

  it('name the parent and all above it', () => {
    const id = (post: string) => `<post-${post}@community.example>`
    const posts = [{ id: '1' }, { id: '2', parentId: '1' }, { id: '3', parentId: '2' }, { id: '4', parentId: '1' }]
    expect(places(keptThread({ posts }))).toEqual([
      [id('1'), undefined, undefined],
      [id('2'), id('1'), id('1')],
      [id('3'), id('2'), `${id('1')} ${id('2')}`],
      [id('4'), id('1'), id('1')],
    ])
  })

  it('stay together where the opening post or a parent is not held', () => {
    const posts = [
      { id: '2', parentId: '1' },
      { id: '3', parentId: '2' },
      { id: '5', parentId: '4' },
      { id: '6', parentId: '5' },
    ]
    const id = (post: string) => `<post-${post}@community.example>`
    expect(places(keptThread({ thread: { id: '1' }, posts })).map(([own, , references]) => [own, references])).toEqual([
      [id('2'), id('1')],
      [id('3'), `${id('1')} ${id('2')}`],
      [id('5'), `${id('1')} ${id('4')}`],
      [id('6'), `${id('1')} ${id('4')} ${id('5')}`],
    ])
  })

  it('keep their tree where posts are left out', () => {
    const posts = [{ id: '1' }, { id: '2', parentId: '1', status: 'gone' as const }, { id: '3', parentId: '2' }]
    const [, reply] = messages(keptThread({ posts }), 'live')
    expect(field(reply?.text ?? '', 'References')).toEqual(['<post-1@community.example> <post-2@community.example>'])
  })

  it('5,000 deep have a root, the nearest posts above, and no field of more than 998 characters', () => {
    const texts = textsOf(chain(5000))
    const references = texts.map(text => field(text, 'References')[0]?.split(' ') ?? [])
    expect(Math.max(...references.map(ids => `References: ${ids.join(' ')}`.length))).toBeLessThanOrEqual(998)
    expect(references[4999]?.[0]).toBe('<post-1@community.example>')
    expect(references[4999]?.slice(-2)).toEqual(['<post-4998@community.example>', '<post-4999@community.example>'])
    expect(references[4999]?.length).toBeGreaterThan(20)
  })

  it('begin each subject of a reply with Re:', () => {
    const thread = keptThread({ posts: [{ text: 'How deep?\n\nOn clay.' }, { id: '2', parentId: '1' }] })
    expect(messages(thread).map(({ text }) => field(text, 'Subject')[0])).toEqual([
      'How deep? On clay.',
      'Re: How deep? On clay.',
    ])
  })

  it.each<[string, Partial<StoredPost>, 'all' | 'live', string]>([
    ['a title of its own', { heading: 'Salsify', text: 'How deep?' }, 'all', 'Salsify'],
    ['first words, cut between words', { text: `${'word '.repeat(30)}` }, 'all', `${'word '.repeat(18).trim()}…`],
    ['no words', { text: ' \u200b\n' }, 'all', 'Care at Home: thread of 28 October 2026'],
    [
      'words of a post that is left out',
      { text: 'Gone', status: 'gone' },
      'live',
      'Care at Home: thread of 28 October 2026',
    ],
    ['a forgotten post', { text: 'Left', forgotten: true }, 'all', 'Care at Home: thread of 28 October 2026'],
    ['an end of the line and a header', { text: 'Hello\r\nBcc: all@example.org' }, 'all', 'Hello Bcc: all@example.org'],
  ])('say what the thread is about: %s', (_, opening, status, subject) => {
    const posts = [opening, { id: '2', parentId: '1' }]
    const [last] = messages(keptThread({ posts }), status).slice(-1)
    const [shown = ''] = field(last?.text ?? '', 'Subject')
    const words = shown.replace(/=\?UTF-8\?B\?(.*?)\?= ?/g, (_, word: string) => Buffer.from(word, 'base64').toString())
    expect(words).toBe(`Re: ${subject}`)
  })
})

describe('maildir', () => {
  const files = (thread: StoredThread, flags = false) =>
    [...(maildir.files?.([thread], contextOf(maildir, [thread], { options: { flags } })) ?? [])].map(({ name }) => name)

  it('has its three folders, and names that all file systems take', () => {
    const site = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example/`
    const posts = [
      { id: '1' },
      { id: 'bbp:7', parentId: '1' },
      { id: 'CON/../..\0', parentId: '1' },
      { id: 'con/../..\0', parentId: '1' },
    ]
    const [cur, fresh, tmp, ...names] = files(keptThread({ thread: { site }, posts }))
    expect([cur, fresh, tmp]).toEqual(['cur/', 'new/', 'tmp/'])
    expect(new Set(names.map(name => name.toLowerCase())).size).toBe(4)
    for (const name of names) expect(name).toMatch(/^cur\/[a-z0-9][a-z0-9._=-]{0,109}[a-z0-9]$/)
  })

  it('names the same post the same, whatever its date', () => {
    expect(files(keptThread({ posts: [{ id: '240' }] }))[3]).toBe('cur/post-240.community.example')
    expect(files(keptThread({ posts: [{ id: '240' }] }), true)[3]).toBe('cur/post-240.community.example:2,S')
  })

  it('is no single file', () => {
    expect(() => textOf(maildir.render([], contextOf(maildir, [])))).toThrow('maildir is a folder')
  })
})

const PROGRAM = `import email, email.policy, json, mailbox, sys
box = mailbox.mbox(sys.argv[1], factory=lambda file: email.message_from_binary_file(file, policy=email.policy.default))
print(json.dumps([[m['From'].addresses[0].display_name, m['Subject'], m['In-Reply-To'], m['Date'].datetime.isoformat(),
  m.get_body(('plain',)).get_content().replace('\\r\\n', '\\n').strip(), [str(d) for part in m.walk() for d in part.defects]] for m in box]))`

describe.skipIf(!hasPython)('mailbox of Python', () => {
  it('reads each message, whole and without a defect', async () => {
    const names = ['Дмитро Коваленко', '陳美玲', 'O"Brien \\ (2nd)', "Maeve O'Neill", 'Zoë 🌻']
    const posts = names.map((name, at) => ({
      ...{ id: `${at + 1}`, parentId: at === 0 ? null : `${at}`, heading: at === 0 ? 'Чи сіяли ви ' : null },
      ...{
        author: { ...ANNA, name },
        html: '<p>From <b>a</b></p>',
        text: `From ${name}\n\n>From b ${'é'.repeat(at * 50)}`,
      },
    }))
    const file = await savedAs(mbox, [keptThread({ posts })])
    expect(python(PROGRAM, file)).toEqual(
      posts.map(({ author, text }, at) => [
        ...[author.name, at === 0 ? 'Чи сіяли ви' : 'Re: Чи сіяли ви'],
        at === 0 ? null : `<post-${at}@community.example>`,
        ...['2026-10-28T12:00:00+00:00', text.trim(), []],
      ]),
    )
  })
})
