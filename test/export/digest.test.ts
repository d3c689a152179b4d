import fc from 'fast-check'
import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { renderDigest } from '../../src/export/digest.js'
import { aroundDifference, excerpt } from '../../src/export/words/excerpt.js'
import type { Digest, GroupNews } from '../../src/model/reports/digest.js'
import { BEN, digest, groupNews, known, NONE, newThread, placed, wording } from './digests.js'
import { hostileText } from './hostile.js'
import { ANNA } from './threads.js'

const render = (one: Digest): string => [...renderDigest(one)].join('')
const read = (document: string): Root =>
  fromMarkdown(document, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
const types = (node: Nodes): string[] => [node.type, ...('children' in node ? node.children.flatMap(types) : [])]
const visible = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(visible).join('') : ''
/** What can't be seen, and what is cut or put to the edge, does not count. */
const letters = (text: string) => text.replace(/[\s\p{C}\uFFFD…]/gu, '')

const LONG =
  'When the frost is over, and not a day before, people here sow beans in rows of two. ' +
  'The old ones say that the moon has a word in it: see https://moon.example/beans?row=2. We have tried both, for years, and can not tell.'

const NEWS = groupNews({
  names: [{ site: '', member: null, group: null, field: 'name', before: 'Home Care', after: 'Care at Home' }],
  notices: [
    { type: 'joined_group', count: 3 },
    { type: 'created_group', count: 1 },
  ],
  threads: [
    newThread(
      placed('1', null, {
        text: LONG,
        thread: {
          ...placed('1', null).thread,
          title: 'When the frost is over, and not a day before, people here sow beans in rows of…',
        },
      }),
      [
        placed('2', '1', { text: 'In May.', edited: true }),
        placed('3', '1', { text: '', attachments: 1, parent: { id: '2', author: BEN }, author: null }),
      ],
    ),
  ],
  replies: [
    known([placed('9', '8', { status: 'gone', text: `${'word '.repeat(100)}end`, when: { from: null, to: null } })], 4),
  ],
  earlier: {
    items: [
      newThread(
        placed('5', null, {
          heading: 'Minutes',
          text: 'Of May.',
          thread: { ...placed('5', null).thread, title: 'Minutes' },
        }),
      ),
    ],
    more: 2,
  },
  edited: {
    items: [
      {
        post: placed('6', '5'),
        times: 2,
        before: wording('On Tuesday.'),
        after: wording('On Wednesday.'),
      },
      {
        post: placed('7', null),
        times: 1,
        before: wording('See', { author: ANNA }),
        after: wording('See', { author: ANNA }),
      },
    ],
    more: 0,
  },
  gone: {
    items: [
      { post: placed('10', null, { text: 'a secret' }), reason: '404', withReplies: 2 },
      { post: placed('11', '5', { text: 'a secret' }), reason: 'absent from a complete thread', withReplies: 0 },
    ],
    more: 0,
  },
  back: { items: [placed('12', '5')], more: 0 },
})

describe('a digest of what posts have become', () => {
  const anna = { author: ANNA }
  it('names both authors where an id was given to another post, or an admin changed the author', () => {
    const edit = (id: string, text: string) => ({
      ...{ post: placed(id, '5'), times: 1, before: wording('Mulch keeps the soil wet.', anna), after: wording(text) },
    })
    const edited = { items: [edit('6', 'Who has seeds?'), edit('7', 'Mulch keeps the soil wet.')], more: 0 }
    const shown = render(digest([groupNews({ edited })], { counts: { edited: 2 } }))
    expect(shown).toContain('> **Before, by Anna:** Mulch keeps the soil wet.\n')
    expect(shown).toContain('> **Now, by Ben:** Who has seeds?\n')
    expect(shown).toContain('The words are the same; the author was changed from Anna to Ben.\n')
  })

  it('lists what has come from another group or thread', () => {
    const moved = {
      items: [
        { post: placed('1', null), moves: [{ field: 'group', before: 'bees', after: 'care' }] },
        { post: placed('2', null), moves: [{ field: 'group', before: null, after: 'care' }] },
        { post: placed('6', '5'), moves: [{ field: 'thread', before: '3', after: '5' }] },
      ],
      more: 0,
    }
    const shown = render(digest([groupNews({ moved, gone: NONE })], { counts: { moved: 3 } }))
    expect(shown).toContain('3 posts that were moved')
    expect(shown.slice(shown.indexOf('### Moved'))).toMatchInlineSnapshot(`
      "### Moved

      * **Anna** · opening post of [Hello](https://community.example/activity/p/1/) · from group bees to group care
      * **Anna** · opening post of [Hello](https://community.example/activity/p/2/) · from no group to group care
      * **Ben** · in [Thread 5](https://community.example/activity/p/5/) · from thread 3 to thread 5
      "
    `)
  })
})

describe('a digest', () => {
  it('has the replies of a long thread as one list', () => {
    const replies = Array.from({ length: 1201 }, (_, at) => placed(`${at + 2}`, '1'))
    const markdown = render(digest([groupNews({ threads: [newThread(placed('1', null), replies)] })]))
    const lists = read(markdown).children.flatMap(node => (node.type === 'list' ? [node.children.length] : []))
    expect(lists).toEqual([1201])
  })

  it('is made to be read', () => {
    const counts = { threads: 1, replies: 3, earlier: 3, edited: 2, gone: 4, back: 1, names: 2, notices: 4 }
    const members = {
      items: [
        { site: '', member: ANNA, group: null, field: 'name', before: 'Ann', after: 'Anna' },
        { site: '', member: ANNA, group: null, field: 'slug', before: 'ann', after: 'anna' },
      ],
      more: 0,
    }
    const first = groupNews({
      group: null,
      backlog: { threads: 2, replies: 1, from: '2019-05-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
    })
    expect(render(digest([NEWS, first], { counts, members }))).toMatchInlineSnapshot(`
      "# What is new in Town: 19 to 28 October 2026

      From 19 October 2026, 08:00 to 28 October 2026, 08:02: 1 new thread, 3 new replies, 3 posts that were written earlier, 2 edited posts, 4 posts that are gone, 1 post that is back, 2 new names and 4 membership notices. Times are UTC.

      ## [Care at Home](https://community.example/groups/care/)

      This group was called “Home Care” before.

      ### New threads

      **[When the frost is over, and not a day before, people here sow beans in rows of…](https://community.example/activity/p/1/)**

      **Anna** · 28 October 2026, 12:00 · 2 replies so far

      > … two. The old ones say that the moon has a word in it: see <https://moon.example/beans?row=2>. We have tried both, for years, and can not tell.

      * **Ben** · in reply to Anna · [28 October 2026, 12:00](https://community.example/activity/p/1/#acomment-2) · (edited)

        > In May.

      * **unknown member** · in reply to Ben · [28 October 2026, 12:00](https://community.example/activity/p/1/#acomment-3)

        > (no words; a picture or other attachment)

      ### New replies

      **[Thread 8](https://community.example/activity/p/8/)** · by Anna · 4 replies in all

      * A reply that is no longer on the site · date unknown

      ### Written earlier

      Seen for the first time, though older than the last look: approved late, imported, or opened to this reader.

      **[Minutes](https://community.example/activity/p/5/)**

      **Anna** · 28 October 2026, 12:00 · no replies yet

      > Of May.

      And 2 more: \`threadkeep changes\` lists them.

      ### Edited

      * **Ben** · in [Thread 5](https://community.example/activity/p/5/) · [28 October 2026, 12:00](https://community.example/activity/p/5/#acomment-6) · edited 2 times

        > **Before:** On Tuesday.
        >
        > **Now:** On Wednesday.

      * **Anna** · opening post of [Hello](https://community.example/activity/p/7/) · [28 October 2026, 12:00](https://community.example/activity/p/7/)

        The words are the same; links or pictures were changed.

      ### No longer on the site

      * Thread 10 of 28 October 2026, 12:00, with 2 replies · its address is not found any more
      * Reply 11 of 28 October 2026, 12:00, in [Thread 5](https://community.example/activity/p/5/) · its thread is shown without it

      The archive keeps the texts: \`threadkeep show NUMBER\`.

      ### Back on the site

      * **Ben** · in [Thread 5](https://community.example/activity/p/5/) · [28 October 2026, 12:00](https://community.example/activity/p/5/#acomment-12)

      3 people joined the group and the group was created.

      ## Outside all groups

      Read for the first time, and not listed here: 2 threads and 1 reply, written between 1 May 2019 and 1 May 2026.

      ## People

      * **Ann** is now called **Anna**
      * The address of **Anna** is now [anna](https://community.example/members/anna/) (before: ann)
      "
    `)
  })

  it('says in one line that there is nothing', () => {
    expect(render(digest([]))).toBe('Nothing new in Town since 19 October 2026, 08:00 UTC.\n')
    expect(render(digest([], { about: [], incomplete: true }))).toBe(
      'Nothing new in this archive since 19 October 2026, 08:00 UTC. The last reading could not get everything; `threadkeep status` says what is missing.\n',
    )
  })

  it('names up to three groups, and one day once', () => {
    const title = (changes: Partial<Digest>) => render(digest([groupNews()], changes)).split('\n')[0]
    expect(title({ about: ['A', 'B', 'C'] })).toBe('# What is new in A, B and C: 19 to 28 October 2026')
    expect(title({ about: ['A', 'B', 'C', 'D'], until: null })).toBe(
      '# What is new in A, B and 2 more: 19 October 2026',
    )
  })

  it('names the site where it tells of several', () => {
    expect(render(digest([groupNews({ site: 'Town' })]))).toContain(
      '## [Care at Home](https://community.example/groups/care/) · Town\n',
    )
  })

  it('does not repeat what was deleted, nor who wrote it', () => {
    expect(render(digest([NEWS]))).not.toContain('secret')
    const removed = { status: 'gone', author: BEN, text: 'a secret' } as const
    const post = placed('1', null, removed)
    const gone = { items: [{ post, reason: '404', withReplies: 0 }], more: 0 }
    const news = groupNews({ threads: [newThread(post)], replies: [known([placed('3', '2', removed)], 1)], gone })
    const shown = render(digest([news]))
    expect(shown).not.toMatch(/secret|Ben/)
    expect(shown).toContain('\nA thread that is no longer on the site · 28 October 2026, 12:00\n')
  })
})

/** All places of a digest that hold what members typed. */
const hostileNews = (words: string): GroupNews => {
  const author = { id: '1', slug: words, name: words, url: words }
  const said = { text: words, author, parent: { id: '1', author } }
  const post = (id: string, thread: string | null) => {
    const plain = placed(id, thread, said)
    return { ...plain, thread: { ...plain.thread, title: words, author } }
  }
  const version = (text: string) => wording(text, { heading: words, author })
  return groupNews({
    ...{ site: words, group: { id: '7', slug: words, name: words, url: 'https://community.example/groups/care/' } },
    names: [{ site: '', member: null, group: null, field: 'name', before: words, after: words }],
    threads: [newThread(post('1', null), [post('2', '1'), post('3', '1')])],
    replies: [known([post('5', '4'), post('6', '4')])],
    edited: {
      items: [{ post: post('7', '4'), times: 2, before: version(words), after: version(`${words} x`) }],
      more: 0,
    },
    moved: { items: [{ post: post('10', '4'), moves: [{ field: words, before: words, after: words }] }], more: 0 },
    gone: { items: [{ post: post('8', '4'), reason: words, withReplies: 0 }], more: 1 },
    back: { items: [post('9', '4')], more: 0 },
  })
}

describe('hostile text', () => {
  it('makes no heading, list, code, table or HTML of its own', () => {
    fc.assert(
      fc.property(hostileText, words => {
        const root = read(render(digest([hostileNews(words), groupNews()], { about: [words] })))
        const tops = root.children.map(({ type }) => type)
        expect(tops.filter(type => type === 'heading')).toHaveLength(2 + 6 + 1)
        expect(tops.filter(type => type === 'list')).toHaveLength(6)
        const all = types(root)
        for (const type of [
          'html',
          'code',
          'table',
          'thematicBreak',
          'image',
          'footnoteReference',
          'delete',
          'definition',
        ])
          expect(all).not.toContain(type)
        expect(all.filter(type => type === 'listItem')).toHaveLength(2 + 2 + 1 + 1 + 1 + 1)
        expect(visible(root.children.at(-1) as Nodes)).toBe('Care at Home')
      }),
      { numRuns: 100 },
    )
  })

  it('is seen as it was typed', () => {
    fc.assert(
      fc.property(hostileText, words => {
        const root = read(
          render(digest([groupNews({ replies: [known([placed('2', '1', { text: `a ${words} z` })])] })])),
        )
        const list = root.children.at(-1)
        if (list?.type !== 'list') throw new Error(`${list?.type}`)
        expect(letters(visible(list.children[0]?.children[1] as Nodes))).toBe(letters(excerpt(`a ${words} z`)))
      }),
      { numRuns: 200 },
    )
  })

  it('links to no other scheme than the web', () => {
    const post = placed('2', '1', { url: 'javascript:alert(1)' })
    expect(render(digest([groupNews({ replies: [known([post])] })]))).not.toContain('javascript:')
  })
})

describe('excerpt', () => {
  it('cuts between words, and never in an emoji', () => {
    expect(excerpt('one two three', 8)).toBe('one two…')
    expect(excerpt('one two three', 9)).toBe('one two…')
    expect(excerpt('漢字漢字漢字', 4)).toBe('漢字漢字…')
    expect(excerpt('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧👩‍👩‍👧…')
    expect(excerpt(' a\n\n b ', 9)).toBe('a b')
  })

  it('keeps characters of very many code points whole', () => {
    const long = `e${'\u0301'.repeat(100)}`
    expect(excerpt(long.repeat(3), 2)).toBe(`${long.repeat(2)}…`)
    const family = '👨‍👩‍👧‍👦'
    expect(excerpt(`${'\u0301'.repeat(31)}${family}${family}`, 2)).toBe(`${'\u0301'.repeat(31)}${family}…`)
  })

  it('is one line, and never longer than it may be', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (words, most) => {
        const cut = excerpt(words, most)
        expect(cut).not.toMatch(/[\n\r]/)
        expect([...new Intl.Segmenter('en').segment(cut)].length).toBeLessThanOrEqual(most + 1)
      }),
    )
  })
})

describe('addresses in a text', () => {
  const quoted = (text: string) => render(digest([groupNews({ replies: [known([placed('2', '1', { text })])] })]))
  it.each([
    ['https://a.example/x_y', '<https://a.example/x_y>'],
    ['See https://a.example/x.', 'See <https://a.example/x>.'],
    ['(https://a.example/x)', '(<https://a.example/x>)'],
    [`https://a.example/${'x'.repeat(400)}`, 'x…'],
  ])('%s is a link where it is whole', (text, shown) => {
    expect(quoted(text)).toContain(`${shown}\n`)
  })
})

describe('fromDifference', () => {
  it('leaves out what is long and the same', () => {
    const start = 'word '.repeat(30)
    const [was, is] = aroundDifference(`${start}Tuesday`, `${start}Wednesday`)
    expect(was).toBe(`… ${'word '.repeat(8)}Tuesday`)
    expect(is).toBe(`… ${'word '.repeat(8)}Wednesday`)
    expect(aroundDifference('Tuesday', 'Wednesday')).toEqual(['Tuesday', 'Wednesday'])
  })

  it('shows the difference, wherever it lies', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), start => {
        const [was, is] = aroundDifference(`${start} one`, `${start} two`)
        expect([was.endsWith('one'), is.endsWith('two')]).toEqual([true, true])
      }),
    )
  })
})
