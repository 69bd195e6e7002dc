import type { Level } from '../../domain/vocabulary.ts'
import type { PlaceStep } from '../../prisma/stores/staff/places.ts'

/** A chain has at least the place that it was asked for. */
export function placeAt(chain: readonly PlaceStep[]): PlaceStep {
  return chain[0] as PlaceStep
}

/** The name of the place of a level on a chain; of the nearest above where the level is left out. */
export function getPlaceName(chain: readonly PlaceStep[], level: Level): string {
  return (chain.find((step) => step.level === level) ?? (chain.at(-1) as PlaceStep)).name
}
