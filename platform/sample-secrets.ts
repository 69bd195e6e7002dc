/** Published with the source, therefore worthless as secrets: they let a training copy start with no setup at all. */
export const sampleSecrets = {
  matchingApiToken: 'sample-matching-centre-api-token-for-training',
  bankApiToken: 'sample-bank-api-token-for-training-only',
  matchingCallback: 'sample-matching-centre-callback-secret',
  bankCallback: 'sample-bank-callback-secret-for-training',
  fieldKeys: `sample-field:${sampleKey('field')}`,
  payloadKeys: `sample:${sampleKey('payload')}`,
  blindIndexKey: `sample-index:${sampleKey('index')}`,
  sealKey: `sample-seal:${sampleKey('seal')}`,
} as const

/** True of any published value, also when only one key of a list is one. */
export function isSampleSecret(value: string): boolean {
  const published = Object.values(sampleSecrets).map(secretPart)
  return /sample|change-?me|placeholder/i.test(value) || value.split(',').some((v) => published.includes(secretPart(v)))
}

function secretPart(value: string): string {
  return value.slice(value.indexOf(':') + 1).trim()
}

function sampleKey(purpose: string): string {
  return Buffer.from(`jiuzhu sample key, ${purpose}`.padEnd(32, '.')).toString('base64')
}
