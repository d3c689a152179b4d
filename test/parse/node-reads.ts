import { Element, Node, NodeWithChildren } from 'domhandler'

/**
 * The number of times that `work` reads the name, the attributes, the children or the parent of a node of a document. It measures
 * the work of a parser independently of the machine and its load, since walking and matching elements consists of such reads.
 */
export function nodeReads(work: () => void): number {
  const counter = { reads: 0 }
  const places = [
    [Node.prototype, 'parent'],
    [NodeWithChildren.prototype, 'children'],
    [Element.prototype, 'attribs'],
    [Element.prototype, 'name'],
  ] as const
  for (const [prototype, key] of places) Object.defineProperty(prototype, key, counted(counter))
  try {
    work()
  } finally {
    for (const [prototype, key] of places) Reflect.deleteProperty(prototype, key)
  }
  return counter.reads
}

/** A property whose values are kept outside of the nodes, so that each read passes through here. */
function counted(counter: { reads: number }): PropertyDescriptor {
  const values = new WeakMap<object, unknown>()
  return {
    configurable: true,
    get() {
      counter.reads++
      return values.get(this)
    },
    set(value) {
      values.set(this, value)
    },
  }
}
