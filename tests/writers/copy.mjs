// Print what pdf.js, the viewer of Firefox and of many web pages, copies out of a PDF: its text, page by page.
//
// usage: node copy.mjs PACKAGES FILE.pdf            PACKAGES holds node_modules

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [packages, file] = process.argv.slice(2).map(name => resolve(name))
const folder = join(packages, 'node_modules', 'pdfjs-dist')
const { getDocument, VerbosityLevel } = await import(pathToFileURL(join(folder, 'legacy', 'build', 'pdf.mjs')))
const document = await getDocument({
    data: new Uint8Array(readFileSync(file)),
    cMapUrl: join(folder, 'cmaps') + '/',
    cMapPacked: true,
    verbosity: VerbosityLevel.ERRORS,
}).promise
for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    console.log(items.map(item => item.str + (item.hasEOL ? '\n' : '')).join(''))
}
