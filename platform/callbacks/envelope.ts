import { z } from 'zod'
import { outsideId } from '../../domain/schemas/nouns.ts'

/**
 * As much of a callback as is needed to keep it where it belongs. What it says is read when it is taken: a word that nobody
 * knows yet must not keep it out.
 */
export const MatchingEnvelope = z.object({ callbackId: outsideId, requestId: outsideId })
export const BankEnvelope = z.object({ callbackId: outsideId, instructionId: outsideId })
