import type { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

const expectedSentences: Readonly<Record<string, string>> = {
  string: '此项应为文字。',
  number: '此项应为数字。',
  int: '此项应为整数。',
  boolean: '此项应为是（true）或者否（false）。',
  array: '此项应为列表。',
  object: '此项应为一组内容。',
  record: '此项应为一组内容。',
}

const formatSentences: Readonly<Record<string, string>> = {
  date: '日期应为真实存在的日期，格式：YYYY-MM-DD。',
  datetime: '时间应带时区，例如2026-07-01T09:00:00+08:00。',
}

/** What is wrong with an input, to whoever typed it, where a schema has no sentence of its own. */
export function sentenceOfIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? '请填写此项。'
        : (expectedSentences[issue.expected] ?? '此项填写有误，请核对。')
    case 'invalid_value':
      return issue.input === undefined ? '请选择此项。' : '请从列出的选项中选择。'
    case 'invalid_union':
      return '此项的内容不完整或者与任何一种填写方式都不符，请核对。'
    case 'too_big':
      return atMost(issue.origin, String(issue.maximum))
    case 'too_small':
      return atLeast(issue.origin, String(issue.minimum))
    case 'invalid_format':
      return formatSentences[issue.format] ?? '格式有误，请核对。'
    case 'unrecognized_keys':
      return `不能填写的字段：${issue.keys.join('、')}。`
    default:
      return '此项填写有误，请核对。'
  }
}

function atMost(origin: string, most: string): string {
  if (origin === 'string') return `内容不超过${most}字。`
  if (origin === 'array' || origin === 'set') return `不能超过${most}项。`
  return `不能大于${most}。`
}

function atLeast(origin: string, least: string): string {
  if (origin === 'string') return `内容不少于${least}字。`
  if (origin === 'array' || origin === 'set') return `至少填写${least}项。`
  return `不能小于${least}。`
}
