import type * as words from '../domain/vocabulary.ts'
import type * as enums from './generated/enums.ts'

/** Does not compile unless both lists hold the same words. */
type Same<A extends string, B extends string> = [A] extends [B] ? ([B] extends [A] ? true : never) : never

/** The archive's enumerations against the vocabulary, word for word, in both directions. */
export const vocabularyMap: {
  SupervisionRung: Same<words.SupervisionRung, enums.SupervisionRung>
  AlarmKind: Same<words.AlarmKind, enums.AlarmKind>
  SetAsideReason: Same<words.SetAsideReason, enums.SetAsideReason>
  SetAsideSource: Same<words.SetAsideSource, enums.SetAsideSource>
  StaffProposalKind: Same<words.StaffProposalKind, enums.StaffProposalKind>
  AbsenceCause: Same<words.AbsenceCause, enums.AbsenceCause>
  Capacity: Same<words.Capacity, enums.Capacity>
  ClockKind: Same<words.ClockKind, enums.ClockKind>
  DeadlineState: Same<words.DeadlineState, enums.DeadlineState>
  DibaoCategory: Same<words.DibaoCategory, enums.DibaoCategory>
  IncomeKind: Same<words.IncomeKind, enums.IncomeKind>
  Level: Same<words.Level, enums.Level>
  MatchingSource: Same<words.MatchingSource, enums.MatchingSource>
  OfficeKind: Same<words.OfficeKind, enums.OfficeKind>
  PaperKind: Same<words.PaperKind, enums.PaperKind>
  Programme: Same<words.Programme, enums.Programme>
  PropertyKind: Same<words.PropertyKind, enums.PropertyKind>
  Relation: Same<words.Relation, enums.Relation>
  ResidenceKind: Same<words.ResidenceKind, enums.ResidenceKind>
  ReturnReason: Same<words.ReturnReason, enums.ReturnReason>
  ReviewKind: Same<words.ReviewKind, enums.ReviewKind>
  Role: Same<words.Role, enums.Role>
  SourceAnswer: Same<words.SourceAnswer, enums.SourceAnswer>
} = {
  SupervisionRung: true,
  AlarmKind: true,
  SetAsideReason: true,
  SetAsideSource: true,
  StaffProposalKind: true,
  AbsenceCause: true,
  Capacity: true,
  ClockKind: true,
  DeadlineState: true,
  DibaoCategory: true,
  IncomeKind: true,
  Level: true,
  MatchingSource: true,
  OfficeKind: true,
  PaperKind: true,
  Programme: true,
  PropertyKind: true,
  Relation: true,
  ResidenceKind: true,
  ReturnReason: true,
  ReviewKind: true,
  Role: true,
  SourceAnswer: true,
}
