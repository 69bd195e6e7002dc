/** A habit of the code that no import shows. `at` and `except` are matched against the path of a file. */
export type SourceRule = { name: string; at: RegExp; except?: RegExp; isBroken: (text: string) => boolean }

const says = (never: RegExp) => (text: string) => never.test(text)

/** What must not be written where. */
export const sourceRules: readonly SourceRule[] = [
  {
    name: 'the rule book has no clock',
    at: /^domain\//,
    isBroken: says(/\bDate\.now\(|new Date\(\s*\)|\bperformance\.now\(|\bTemporal\.Now\b/),
  },
  { name: 'the rule book throws no dice', at: /^domain\//, isBroken: says(/\bMath\.random\(|\bcrypto\./) },
  {
    name: 'rule book and procedure have no surroundings',
    at: /^(domain|workflows)\//,
    isBroken: says(/\bprocess\.|\bsetTimeout\(|\bfetch\(/),
  },
  {
    name: 'one file of the procedure knows the time',
    at: /^workflows\//,
    except: /^workflows\/shared\/running-deadline\.ts$/,
    isBroken: says(/\bDate\.now\(|new Date\(/),
  },
  // Two hosts with other locale data would replay one history differently.
  {
    name: 'no locale in the procedure',
    at: /^workflows\//,
    isBroken: says(/\bIntl\.|\.toLocale\w*String\(|\.localeCompare\(/),
  },
  {
    name: 'only configuration reads the environment',
    at: /^(activities|api|prisma\/stores)\//,
    isBroken: says(/\bprocess\.env\b/),
  },
  // A session that somebody opens by themselves has the zone of the server.
  {
    name: 'sessions with a database are set up in one place',
    at: /^(activities|api|platform|prisma|worker)\//,
    except: /^platform\/database-session\.ts$/,
    isBroken: says(/\bnew pg\.(Client|Pool)\(|\bPrismaPg\((?!pool)/),
  },
  // Node loads a file whose every name is a type; only "import type" vanishes.
  { name: 'types alone are imported as types', at: /./, isBroken: importsTypesByLoading },
  // The import graph does not see a type that is fetched inside an expression.
  {
    name: 'Chinese is punctuated in full width',
    at: /^(domain|activities|api|platform|prisma|sandbox|scripts|worker)\//,
    isBroken: says(/\p{Script=Han}[,;:!?(]\p{Script=Han}/u),
  },
  { name: 'imports stand at the top', at: /^(domain|workflows|activities)\//, isBroken: says(/\bimport\(/) },
]

/** Names of the rules that a text breaks at a path. */
export function brokenRules(file: string, text: string): string[] {
  const code = withoutComments(text)
  return sourceRules
    .filter(({ at, except, isBroken }) => at.test(file) && !except?.test(file) && isBroken(code))
    .map(({ name }) => name)
}

function importsTypesByLoading(text: string): boolean {
  return [...text.matchAll(/^import \{([^}]+)\} from/gm)].some(([, list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .every((name) => name.startsWith('type ')),
  )
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
