import { z } from 'zod'
import { sentenceOfIssue } from './sentence-of-issue.ts'

// @NOTE zod keeps its sentences in one global setting. Faults are read by staff and households, so they are ours, set
// where every schema gets its `z` from.
z.config({ customError: sentenceOfIssue })

export { z }
