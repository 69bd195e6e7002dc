import type { KeyRing } from './key-ring.ts'
import { isSampleSecret } from './sample-secrets.ts'

/** What makes a secret or an address one that production does not start with; in both languages, and without the secret. */
export const weaknesses = {
  missing: '未设置，生产环境没有默认值 is missing; production has no default for it',
  published: '是公开的样例值 is the published sample value',
  short: '太短 is too short',
  repeated: '由重复的字符或片段组成 repeats one character or one piece',
  sequential: '是连续的字符 runs along the alphabet, the digits or the keyboard',
  words: '由常用词组成 is made of common words',
  lowEntropy: '随机性不足 has too little randomness',
  text: '是文字而不是随机字节 is text and not random bytes',
  usedTwice: '与另一项使用了相同的密钥或口令 is the same as another key or secret',
  notHttps: '必须使用https地址 must be an https address',
  credentials: '地址中不得带有用户名或口令 must not carry a user or a password in its address',
  superuser: '不得使用数据库超级用户或属主 must not name a superuser or the owner of the database',
  noPassword: '数据库地址没有口令 has no password in its database address',
  movableClock: '生产环境不允许拨动时钟 production refuses a movable clock',
  environmentUnset:
    '已指向本机以外的地址，须写明JIUZHU_ENV是training还是production names an address beyond this machine: set JIUZHU_ENV to training or production',
} as const
export type Weakness = keyof typeof weaknesses

/** How long and how random a secret must be: one that a machine keeps, or a password that somebody may have to type. */
type Measure = { leastLength: number; leastBits: number }
const machineSecret: Measure = { leastLength: 32, leastBits: 80 }
const databasePassword: Measure = { leastLength: 16, leastBits: 45 }

/** Why a token or a secret for signatures is weak, or null. */
export function weaknessOfSecret(secret: string): Weakness | null {
  return weaknessOfText(secret.replace(/^whsec_/, ''), machineSecret)
}

/** Why the password of a database role is weak, or null. */
export function weaknessOfPassword(password: string): Weakness | null {
  return weaknessOfText(password, databasePassword)
}

/** Why a key of a ring is weak, or null: 32 bytes that nobody chose have none of this. */
export function weaknessOfKey(secret: Uint8Array): Weakness | null {
  const bytes = [...secret]
  if (hasPeriod(bytes)) return 'repeated'
  if (runsAlong(bytes)) return 'sequential'
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'text'
  // Of 32 random bytes, fewer than twenty different ones do not happen in the life of the world.
  return new Set(bytes).size < 20 ? 'lowEntropy' : null
}

/** Every key of the rings by its bytes: one that stands in two places is one secret, not two. */
export function keysInTwoPlaces(rings: readonly KeyRing[]): Set<KeyRing> {
  const seen = new Map<string, KeyRing>()
  const double = new Set<KeyRing>()
  for (const ring of rings)
    for (const { secret } of ring.all) {
      const text = Buffer.from(secret).toString('base64')
      if (seen.has(text)) double.add(ring)
      seen.set(text, ring)
    }
  return double
}

function weaknessOfText(text: string, { leastLength, leastBits }: Measure): Weakness | null {
  if (isSampleSecret(text)) return 'published'
  if (text.length < leastLength) return 'short'
  const codes = Array.from(text.toLowerCase(), (character) => character.charCodeAt(0))
  if (hasPeriod(codes)) return 'repeated'
  if (runsAlong(codes) || runsAlong(onKeyboard(text))) return 'sequential'
  if (withoutWords(text).length < leastLength / 2) return 'words'
  return bitsOf(text) < leastBits ? 'lowEntropy' : null
}

/** One piece over and over, or pieces of one character each. */
function hasPeriod(values: readonly number[]): boolean {
  const most = Math.floor(values.length / 2)
  for (let period = 1; period <= most; period += 1)
    if (values.every((value, index) => index < period || value === values[index - period])) return true
  return repeatsNeighbours(values)
}

function repeatsNeighbours(values: readonly number[]): boolean {
  const same = values.filter((value, index) => index > 0 && value === values[index - 1]).length
  return same > (values.length - 1) / 2
}

/** Most values are one above, or most are one below, the value before. */
function runsAlong(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => value - (values[index] as number))
  const along = (step: number) => steps.filter((one) => one === step).length
  return along(1) + along(-1) > steps.length / 2
}

const keyboard = '1234567890-=qwertyuiop[]asdfghjkl;zxcvbnm,./'

function onKeyboard(text: string): number[] {
  return Array.from(text.toLowerCase(), (character) => keyboard.indexOf(character))
}

/** Words that people take for secrets, among them those of this trade. */
const commonWords = `
  password passwd secret admin administrator welcome letmein qwerty dragon monkey master login access
  default example training production testing test demo dev temp token callback matching centre center
  bank jiuzhu dibao minzheng caizheng qingyang xifeng county social assistance government database
  postgres temporal owner user root key api app the for our and this that very long correct horse
  battery staple please change iloveyou sunshine princess football baseball china beijing woaini mima
  nihao`

const wordPattern = new RegExp(commonWords.trim().split(/\s+/).map(spelledAlike).join('|'), 'g')

/** Letters and what is written for them, as one: `1`, `i` and `l` alike. */
function spelledAlike(text: string): string {
  const letters: Record<string, string> = {
    '0': 'o',
    '1': 'l',
    i: 'l',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '@': 'a',
    $: 's',
  }
  return Array.from(text.toLowerCase(), (one) => letters[one] ?? one).join('')
}

/** What is left of a text without common words, years and what parts them. */
function withoutWords(text: string): string {
  return spelledAlike(text.replace(/(19|20)\d\d/g, ''))
    .replace(wordPattern, '')
    .replace(/[\s._\-!?#+,:/]+/g, '')
}

/** Bits of a text if each of its characters were drawn as often as it occurs in it. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  const perCharacter = [...counts.values()].reduce((sum, count) => {
    const share = count / text.length
    return sum - share * Math.log2(share)
  }, 0)
  return perCharacter * text.length
}
