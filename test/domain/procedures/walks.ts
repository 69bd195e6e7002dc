import type { MatterKind } from '../../../domain/vocabulary.ts'
import type { Walk } from './a-matter.ts'
import { walkOfCase } from './assistance-case/walk.ts'

/** How matters of each kind are walked through; a kind without a walk does not compile. */
export const walks: Record<MatterKind, Walk> = { ASSISTANCE_CASE: walkOfCase }
