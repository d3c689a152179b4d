import { describe, expect, it } from 'vitest'
import { coveredHtml, coveredPosts, person, SITE } from './covered.js'

const ANNA = person('44', 'anna', 'Anna Kowalska')
const WILL = person('45', 'will', 'Will')
const people = [ANNA, WILL]

const html = (markup: string) => coveredHtml(markup, { people }).replace(/(member[ -])00[12]/gi, '$1#')

describe('names in markup', () => {
  it.each([
    ['across elements', '<p><b>An</b>na <i>Kowal</i>ska!</p>', '<p><b>Member #</b><i></i>!</p>'],
    ['not across paragraphs', '<p>An</p><p>na</p>', '<p>An</p><p>na</p>'],
    ['in references', '<p>&#65;nna &amp; &lt;Anna&gt;</p>', '<p>Member # &amp; &lt;Member #&gt;</p>'],
    [
      'in links to profiles, whatever their words',
      `<a class="m" data-user="44" href="${SITE}members/will/">Will</a>`,
      `<a href="${SITE}members/member-#/">Member #</a>`,
    ],
    ['in mentions', `<a href="/members/anna/">@anna</a>`, `<a href="${SITE}members/member-#/">@member-#</a>`],
    ['in percent-encoded addresses', `<a href="/tag/%41nna-x/">x</a>`, `<a href="${SITE}tag/member-%23-x/">x</a>`],
    ['in hosts', '<a href="https://annakowalska.example/">x</a>', '<a href="https://member-#.invalid/">x</a>'],
    ['in queries', `<a href="/?user_id=44&q=Anna">x</a>`, `<a href="${SITE}?user_id=member-#&amp;q=member-#">x</a>`],
    [
      'in nested addresses',
      `<a href="https://o.example/?u=${SITE}members/anna/">x</a>`,
      /u=https%3A%2F%2Fcommunity\.example%2Fmembers%2Fmember-#%2F/,
    ],
    ['in mail addresses', '<a href="mailto:anna@o.example">mail</a>', '<a>mail</a>'],
    [
      'in alternative texts and file names',
      '<img src="/wp-content/uploads/anna.jpg" alt="Anna" title="Anna">',
      /^<img src="https:\/\/files\.invalid\/image-[0-9a-f]{12}\.jpg" alt="Member #">$/,
    ],
    ['in pictures of members', '<img src="https://www.gravatar.com/avatar/3a1c9f" alt="">', ''],
    [
      'in what nobody reads',
      '<p id="anna" onclick="anna()"><!-- Anna -->x<script>anna</script></p><anna>y</anna>',
      '<p>x</p>y',
    ],
  ])('%s', (_, markup, expected) => {
    const covered = html(markup).replace('%23', '#')
    if (typeof expected === 'string') expect(covered).toBe(expected.replace('%23', '#'))
    else expect(covered).toMatch(expected)
  })

  it('in punycode', () => {
    const covered = coveredHtml('<a href="https://xn--jrgens-3ya.example/">x</a>', {
      people: [person('1', 'mm', 'Max Jürgens')],
    })
    expect(covered).toBe('<a href="https://member-001.invalid/">x</a>')
  })

  it('of who is mentioned only: the words of the link are a name in the text, too', () => {
    const [post] = coveredPosts(
      [{ author: null, html: '<p><a href="/members/zo/">Zosia</a> and I</p>', text: 'Zosia and I' }],
      { people },
    )
    expect(post?.text).toMatch(/^Member [0-9a-f]{10} and I$/)
    expect(post?.html).toContain(`>${post?.text.replace(' and I', '')}</a>`)
  })

  it('of links whose words are no name: the text keeps them', () => {
    const text = 'More here and there: here'
    const [post] = coveredPosts([{ author: null, html: '<p>More <a href="/members/anna/">here</a></p>', text }], {
      people,
    })
    expect(post?.text).toBe(text)
  })

  it('in a name that is a common word, where the post links to its owner', () => {
    const links = [{ kind: 'link' as const, url: `${SITE}members/will/`, text: 'Will' }]
    const [post] = coveredPosts([{ author: null, html: '', text: 'Will joined. Will you?', links }], { people: [WILL] })
    expect(post?.text).toBe('Member 001 joined. Member 001 you?')
    expect(post?.links).toEqual([{ kind: 'link', url: `${SITE}members/member-001/`, text: 'Member 001' }])
  })

  it('of too many tags: only words stay', () => {
    expect(coveredHtml(`${'<b>'.repeat(20_001)}Anna`, { people: [ANNA] })).toBe(' Member 001')
  })
})
