import { expect, test } from 'vitest'
import { typedAddress } from '../../src/model/urls.js'

test.each([
  ['community.example/activity/p/237/', 'https://community.example/activity/p/237/'],
  ['www.community.example', 'https://www.community.example'],
  ['community.example:8080/groups/bees', 'https://community.example:8080/groups/bees'],
  ['localhost:8080/groups/', 'http://localhost:8080/groups/'],
  ['127.0.0.1:80/x', 'http://127.0.0.1:80/x'],
])('%s is an address', (name, url) => expect(typedAddress(name)).toBe(url))

test.each(['gardeners', '237', 'bbp:12', 'v1.2', 'Care at Home', 'a/b', '#acomment-3', 'https://a.example/', '../x/y'])(
  '%s is a name as it is',
  name => expect(typedAddress(name)).toBe(name),
)
