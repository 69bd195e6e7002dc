import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOfFile } from '../../api/matters/file-faults.ts'
import { fileTypes } from '../../api/matters/paper-contract.ts'
import { aFile } from '../support/tiny-files.ts'

describe.each(fileTypes)('a file of type %s', (type) => {
  const whole = aFile(type)

  it('that is whole is taken, whatever a scanner wrote after its end', () => {
    expect(faultOfFile(whole, type)).toBeNull()
    expect(faultOfFile(aFile(type, '\n'), type)).toBeNull()
  })

  it('that was cut off anywhere is empty, of another kind, or broken, and never taken', () => {
    // A line break after the last mark is no part of it.
    const content = whole.subarray(0, whole.toString('latin1').trimEnd().length)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: content.length - 1 }), (length) => {
        const fault = faultOfFile(content.subarray(0, length), type)
        expect(length === 0 ? fault === 'fileEmpty' : fault === 'fileBroken' || fault === 'fileNotAccepted').toBe(true)
      }),
    )
  })

  it('that is none of its kind is told so', () => {
    for (const other of fileTypes) if (other !== type) expect(faultOfFile(whole, other)).toBe('fileNotAccepted')
    expect(faultOfFile(whole, 'text/html')).toBe('fileNotAccepted')
    expect(faultOfFile(whole, '__proto__')).toBe('fileNotAccepted')
  })
})
