import type { Blob } from 'node:buffer'
import type Stream from 'node:stream'
import type { Feature } from 'write-excel-file/node'
import { getSelfClosingTagMarkup, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility'

/** What the library takes for the content of a file. */
type Content = Stream | Buffer | Blob

/** What Excel expects before and after the filter of a sheet (ECMA-376 part 1, 18.3.1.99). */
const partsOfASheet = [
  'sheetPr',
  'dimension',
  'sheetViews',
  'sheetFormatPr',
  'cols',
  'sheetData',
  'autoFilter',
  'mergeCells',
  'conditionalFormatting',
  'pageMargins',
  'drawing',
]

/** Gives a sheet the arrows by which people choose rows; the library has no option for it. */
export function filterOn(sheet: string, cells: string): Feature<Content> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, options) =>
            options.sheet === sheet
              ? insertElementMarkupAccordingToOrderOfSiblings(
                  content,
                  getSelfClosingTagMarkup('autoFilter', { ref: cells }),
                  partsOfASheet,
                  'worksheet',
                )
              : content,
        },
      },
    },
  }
}
