import type { Command } from '../../domain/matter/acts.ts'
import type { ActingOfficer } from '../../domain/matter/circumstances.ts'
import type { MatterEvent } from '../../domain/matter/facts.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import type { News, Piece } from '../filing/news.ts'

/** What an act is looked up for. */
export type Lookup = { officer: ActingOfficer; command: Command; paperIds: readonly string[]; on: PlainDate }

/** Understands one piece of news, with those before it in mind. */
export type Reader = (matter: LockedMatter, piece: Piece) => News

/** What filing needs of the database for one procedure, beside what it does for every matter. */
export type FilingOfProcedure = {
  /** What its rules ask for. */
  lookUp(matter: LockedMatter, lookup: Lookup): Promise<object>
  /** Rows beyond the matter itself that an event of its own brings about. */
  effects(matter: LockedMatter, event: MatterEvent): Promise<void>
  /** From when on a duty is to be met that is no duty at once. */
  askAgainAt(matter: LockedMatter): Promise<Partial<Record<string, Instant | null>>>
  /** How what institutions send is read, as the matter stands now. */
  reader(matter: LockedMatter): Promise<Reader>
}
