/**
 * A name as it hangs on the wall: that of a grown-up in full, of a minor only the surname. A name of one script with dots
 * keeps its first character, too.
 *
 * Source: 57 Art. 19 (who is posted); 个人信息保护法 Art. 28, 31 (minors); how it is shortened is a design choice.
 */
export function nameOnNotice(name: string, { isMinor }: { isMinor: boolean }): string {
  if (!isMinor) return name
  const [first = '', ...rest] = Array.from(name)
  return first + '某'.repeat(Math.min(2, rest.length))
}
