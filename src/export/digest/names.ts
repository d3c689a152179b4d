import type { ListItem, Paragraph } from 'mdast'
import type { NewName } from '../../model/reports/digest.js'
import { linked, paragraph, text } from '../markdown/header.js'
import { cleanLine } from '../text.js'
import { item, strong } from './blocks.js'
import { nameOf } from './excerpt.js'

export function memberItem({ member, field, before, after }: NewName): ListItem {
  const [was, is] = [cleanLine(before), cleanLine(after)]
  if (field === 'name') return item(paragraph([strong([text(was)]), text(' is now called '), strong([text(is)])]))
  const who = strong([text(nameOf(member))])
  return item(
    paragraph([
      text('The address of '),
      who,
      text(' is now '),
      linked(is, member?.url ?? ''),
      text(` (before: ${was})`),
    ]),
  )
}

export function groupName({ field, before, after }: NewName): Paragraph {
  const [was, is] = [cleanLine(before), cleanLine(after)]
  const words: Record<string, string> = {
    name: `This group was called “${was}” before.`,
    slug: `The address of this group has changed from “${was}” to “${is}”.`,
    status: `This group was ${was} before, and is ${is} now.`,
  }
  return paragraph([text(words[field] ?? `${cleanLine(field)} of this group: “${was}” before, now “${is}”.`)])
}
