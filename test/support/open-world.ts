import { inject } from 'vitest'
import { World } from './world.ts'

/** The people of the run's stack; `about` keeps the households of one file apart from those of another. */
export function openWorld(about: string): World {
  return new World(inject('journeyUrls'), about)
}
