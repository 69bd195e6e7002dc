import { afterAll, inject } from 'vitest'
import { World } from './world.ts'

/**
 * The people of the run's stack, who tidy up when the tests around are through. `about` keeps the households of one
 * world apart from those of another.
 */
export function openWorld(about: string): World {
  const world = new World(inject('journeyUrls'), about)
  afterAll(() => world.tidiesUp())
  return world
}
