import { z } from 'zod'

// @NOTE zod keeps its language in one global setting. Faults are read by staff and households, so it is Chinese, set
// where every schema gets its `z` from.
z.config(z.locales.zhCN())

export { z }
