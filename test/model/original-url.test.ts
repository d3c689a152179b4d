import { describe, expect, it } from 'vitest'
import { originalImage, originalLink, uploadOnCdn, wrappedLink } from '../../src/model/markup/original-url.js'

const PICTURE = 'https://town.example/wp-content/uploads/2024/05/bee.jpg'

describe('a picture by an image service is the picture', () => {
  it.each([
    'https://i0.wp.com/town.example/wp-content/uploads/2024/05/bee.jpg',
    'https://i2.wp.com/town.example/wp-content/uploads/2024/05/bee.jpg?resize=300%2C200&#038;ssl=1',
    'https://cdn.statically.io/img/town.example/f=auto,w=300/wp-content/uploads/2024/05/bee.jpg?quality=80',
    'https://town.example/cdn-cgi/image/width=300,quality=80/https://town.example/wp-content/uploads/2024/05/bee.jpg',
    'https://town.example/cdn-cgi/image/fit=scale-down/wp-content/uploads/2024/05/bee.jpg',
    'https://cdn.statically.io/img/town.example/wp-content/uploads/2024/05/bee.jpg',
    'https://cdn.shortpixel.ai/spai/w_300+q_lossy/https://town.example/wp-content/uploads/2024/05/bee.jpg',
    'https://ml1abc.i.optimole.com/w:300/h:auto/q:mauto/https://town.example/wp-content/uploads/2024/05/bee.jpg',
    'https://images.weserv.nl/?url=town.example/wp-content/uploads/2024/05/bee.jpg&w=300',
    'https://wsrv.nl/?url=https%3A%2F%2Ftown.example%2Fwp-content%2Fuploads%2F2024%2F05%2Fbee.jpg',
    'https://res.cloudinary.com/demo/image/fetch/w_300/https://town.example/wp-content/uploads/2024/05/bee.jpg',
    PICTURE,
  ])('%s', url => expect(originalImage(url)).toBe(PICTURE))

  it.each(['https://i0.wp.com/x', 'https://wsrv.nl/?url=', 'https://cdn.example/https-is-good.png'])(
    'any other is itself: %s',
    url => expect(originalImage(url)).toBe(url),
  )
})

describe('a wrapped link is the link', () => {
  const SITE = 'https://town.example/'
  it.each([
    'https://href.li/?https://hive.example/a?b=c',
    'https://go.skimresources.com/?id=1&xs=1&url=https%3A%2F%2Fhive.example%2Fa%3Fb%3Dc',
    'https://l.facebook.com/l.php?u=https%3A%2F%2Fhive.example%2Fa%3Fb%3Dc&h=x',
    'https://town.example/?goto=https%3A%2F%2Fhive.example%2Fa%3Fb%3Dc',
    'https://hive.example/a?b=c',
  ])('%s', url => expect(originalLink(url, SITE)).toBe('https://hive.example/a?b=c'))

  it.each([
    'https://other.example/?goto=https%3A%2F%2Fhive.example%2F',
    'https://town.example/wp-login.php?redirect_to=https%3A%2F%2Ftown.example%2Fx',
    'https://town.example/share?url=https%3A%2F%2Fhive.example%2F&text=x',
    'https://href.li/?no-address',
  ])('what a member linked to is kept: %s', url => expect(originalLink(url, SITE)).toBe(url))
})

it.each([
  ['https://wrapper.example/x?a=1&to=https%3A%2F%2Fhive.example%2Fa', 'https://hive.example/a'],
  ['https://hive.example/?back=https://hive.example/a', null],
  ['https://hive.example/a?b=c', null],
  ['https://hive.example/?x=https:%2F', null],
])('for comparison any wrapper counts: %s', (url, inner) => expect(wrappedLink(url)).toBe(inner))

it.each([
  ['https://cdn.town.example/wp-content/uploads/bee.jpg', 'wp-content/uploads/bee.jpg'],
  ['https://abc123.cloudfront.net/town/wp-content/uploads/bee.jpg', 'wp-content/uploads/bee.jpg'],
  ['https://town.example/wp-content/uploads/bee.jpg', null],
  ['https://other.example/wp-content/uploads/bee.jpg', null],
  ['https://cdn.town.example/bee.jpg', null],
])('an upload on a delivery network: %s', (url, path) => expect(uploadOnCdn(url)).toBe(path))
