import { describe, expect, it } from 'vitest'
import { safeFileName } from '../../api/matters/file-name.ts'

describe('the name of a file that is kept', () => {
  it.each([
    ['收入证明.pdf', 'application/pdf', '收入证明.pdf'],
    ['收入证明', 'application/pdf', '收入证明.pdf'],
    ['照片.JPEG', 'image/jpeg', '照片.jpg'],
    ['2026.11.02 户口簿.png', 'image/png', '2026.11.02 户口簿.png'],
    ['2026.11.02', 'image/png', '2026.11.02.png'],
    ['invoice.pdf.exe', 'image/jpeg', 'invoice.jpg'],
    ['run.php.jpg', 'image/jpeg', 'run.jpg'],
    ['C:\\temp\\setup.BAT ', 'application/pdf', 'setup.pdf'],
    ['../../etc/passwd', 'image/png', 'passwd.png'],
    ['.htaccess', 'image/png', '材料.png'],
    ['NUL.pdf', 'application/pdf', '材料.pdf'],
    ['com1', 'application/pdf', '材料.pdf'],
    ['a\u202egpj.exe', 'image/jpeg', 'agpj.jpg'],
    ['a"; x=<b>|?*:.png', 'image/png', 'a; x=b.png'],
    ['...', 'image/png', '材料.png'],
    ['', 'image/png', '材料.png'],
    ['字'.repeat(300), 'image/png', `${'字'.repeat(100)}.png`],
  ] as const)('%j of type %s is %j', (given, type, kept) => expect(safeFileName(given, type)).toBe(kept))
})
