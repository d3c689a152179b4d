import { expect, it } from 'vitest'
import { page, post, shelf, text } from './shelf.js'

const START = 'Sow the beans as soon as the nights are mild, and not a day before, said Edda'

/** What the archive holds of a post that a stream has shortened, after this answer to its read-more call. */
function after(shortened: string, whole: string) {
  const one = shelf()
  one.save(page([post('1', null, { html: `<p>${shortened}</p>`, text: shortened, truncated: true })]))
  const { textRefused, changedPosts } = one.save(page([], { text: text('1', `<p>${whole}</p>`) }))
  const held = one.sql('SELECT text, truncated FROM posts')
  one.close()
  return { textRefused, changedPosts, held }
}

const taken = (whole: string) => ({ textRefused: false, changedPosts: 0, held: [{ text: whole, truncated: 0 }] })

it('an answer that goes on from the shortened text is the full text', () => {
  const whole = `${START}, who had lost hers to the frost.`
  expect(after(`${START}…`, whole)).toEqual(taken(whole))
})

it('so is one in which the place of the cut reads otherwise: the midst of a shortcode, which pages drop', () => {
  const whole = `${START} [gallery ids="1,2"] of her frost.`
  expect(after(`${START} [galle…`, whole)).toEqual(taken(whole))
})

it.each([
  'Sow the beans? This text is for members only.',
  `${START.slice(0, -24)}. Log in to read on.`,
  'You must be logged in.',
])('an answer that only begins in the same way is none, and the shortened text stays: %s', whole => {
  const shortened = `${START}…`
  expect(after(shortened, whole)).toEqual({
    textRefused: true,
    changedPosts: 0,
    held: [{ text: shortened, truncated: 1 }],
  })
})
