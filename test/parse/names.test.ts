import { describe, expect, it } from 'vitest'
import { item, parseItems } from './markup.js'

const authorOf = (avatar: string) => parseItems(item(1, { header: avatar })).posts[0]?.author

describe('an author of whom the page shows only an avatar without a link', () => {
  it('has the id of its class and the name of its alternative text', () => {
    const author = authorOf('<img class="avatar user-7-avatar" src="/a.png" alt="Profile picture of Ann" />')
    expect(author).toMatchObject({ id: '7', name: 'Ann', url: null })
  })

  it.each(['', 'Profile picture of ', 'Profile photo of Unknown Member'])('has no name with %j', alt => {
    expect(authorOf(`<img class="avatar user-7-avatar" src="/a.png" alt="${alt}" />`)?.name).toBeNull()
  })
})
