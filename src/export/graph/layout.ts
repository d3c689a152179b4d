import type { SimulationLinkDatum, SimulationNodeDatum } from 'd3-force'

/** A tie between two nodes by their index. */
interface Tie {
  source: number
  target: number
  weight: number
}

/** The place of the middle of a node, in pixels. */
export interface Point {
  x: number
  y: number
}

type Body = SimulationNodeDatum & Point & { room: number }

/** Steps: of all forces, then of those that part nodes. */
const [TICKS, PARTING] = [300, 60]

/**
 * Places nodes so that those with a tie are near each other and none covers another one. It is a simulation of forces with a fixed
 * number of steps, fixed first places and random numbers of its own, so that the same nodes always get the same places. `rooms`: the
 * radius in pixels that each node needs for itself.
 */
export async function placed(rooms: readonly number[], ties: readonly Tie[]): Promise<Point[]> {
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import('d3-force')
  const bodies = rooms.map((room): Body => ({ room, x: Number.NaN, y: Number.NaN }))
  const links = ties.map((tie): SimulationLinkDatum<Body> & Tie => ({ ...tie }))
  const most = Math.max(1, ...ties.map(({ weight }) => weight))
  const collide = forceCollide<Body>(({ room }) => room)
  const simulation = forceSimulation(bodies).stop()
  simulation
    .force('charge', forceManyBody().strength(-260))
    .force('x', forceX().strength(0.06))
    .force('y', forceY().strength(0.09))
    .force(
      'link',
      forceLink<Body, (typeof links)[number]>(links)
        .distance(110)
        .strength(({ weight }) => 0.02 + 0.2 * Math.sqrt(weight / most)),
    )
    .force('collide', collide)
    .tick(TICKS)
  // Nothing pulls any more, so that those which still cover each other part.
  for (const force of ['charge', 'x', 'y', 'link']) simulation.force(force, null)
  collide.iterations(4)
  simulation.tick(PARTING)
  return bodies.map(({ x, y }) => ({ x, y }))
}
