/**
 * Radicals that PDFs carry in the place of the characters that look like them, and that Unicode normalisation leaves as they
 * are. Source: Unicode Character Database, EquivalentUnifiedIdeograph.
 */
const radicals: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '⺄乙 ⺊卜 ⺌小 ⺎兀 ⺒巳 ⺓幺 ⺗心 ⺝月 ⺠民 ⺧牛 ⺩王 ⺬示 ⺮竹 ⺶羊 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑長 ⻓长 ⻔门 ⻗雨 ⻘青 ' +
    '⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙'
  )
    .split(' ')
    .map((pair) => Array.from(pair) as [string, string]),
)

/** What nobody sees: joiners, direction marks, blanks that fill a place, and selectors of another shape of a character. */
const invisible = /[\p{Cf}\p{Cc}\p{Variation_Selector}\u3164\uFFA0\u115F\u1160]/u
const dots = /[·•・‧∙⋅･.]/gu

/** True of a name that holds something that nobody sees: typed again, it would be another. */
export function hasInvisible(name: string): boolean {
  return invisible.test(name)
}

/**
 * A name as it is compared and looked for: full and half width, look-alikes from PDFs, every shape of the dot and of the
 * apostrophe, capitals, spaces and what is invisible make no difference. What is kept and shown is the name as written.
 */
export function comparableName(name: string): string {
  const plain = Array.from(name.normalize('NFKC'), (character) => radicals[character] ?? character)
  return plain
    .filter((character) => !invisible.test(character))
    .join('')
    .replace(dots, '·')
    .replace(/[’‘`´]/gu, "'")
    .replace(/\s/gu, '')
    .toLowerCase()
}

/** Whether two writings are of one name. */
export function isSameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other)
}
