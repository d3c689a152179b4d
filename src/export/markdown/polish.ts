import type { Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast'

/** Repairs what the converter leaves and markdown has no form for: line breaks at the edges of paragraphs, empty ones. */
export function polish<Block extends Nodes>(blocks: readonly Block[]): Block[] {
  for (const block of blocks) repair(block)
  return blocks.filter(block => block.type !== 'paragraph' || block.children.length > 0)
}

function repair(node: Nodes): void {
  if (node.type === 'paragraph') trim(node)
  else if ('children' in node) node.children = polish(node.children as RootContent[]) as typeof node.children
}

function trim(paragraph: Paragraph): void {
  const start = paragraph.children.findIndex(isSeen)
  const end = paragraph.children.findLastIndex(isSeen) + 1
  paragraph.children = paragraph.children.slice(Math.max(start, 0), end)
}

const isSeen = (node: PhrasingContent): boolean =>
  node.type !== 'break' && (node.type !== 'text' || node.value.trim() !== '')
