import { DefaultFailureConverter } from '@temporalio/common'

/** Moves messages and stack traces of failures into an encrypted payload; only the failure's type stays in clear. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
