// Open an e-book in foliate-js, in a headless Chromium, and print as JSON what a reader would see.
//
// usage: node read.mjs PACKAGES CHROMIUM BOOK FOLDER
//
// PACKAGES holds node_modules. Pages are turned with the arrow keys, and the contents are jumped through. Screenshots
// go into FOLDER.

import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { basename, extname, join, normalize, resolve } from 'node:path'

const [packages, chromium, book, folder] = process.argv.slice(2).map(name => resolve(name))
const puppeteer = createRequire(join(packages, 'x.js'))('puppeteer-core')
const engine = join(packages, 'node_modules', 'foliate-js')
const types = { '.html': 'text/html', '.js': 'text/javascript', '.epub': 'application/epub+zip' }

const serve = (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    const file = path === '/book.epub' ? book : normalize(join(engine, path))
    if (!existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
}

const server = createServer(serve)
await new Promise(done => server.listen(0, '127.0.0.1', done))
const home = `http://127.0.0.1:${server.address().port}`

const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
const page = await browser.newPage()
await page.setViewport({ width: 800, height: 1100 })
const errors = []
page.on('pageerror', error => errors.push(error.message))
page.on('requestfailed', request => errors.push(`${request.url()} ${request.failure().errorText}`))
page.on('request', request => {
    if (!request.url().startsWith(home) && !/^(blob|data):/.test(request.url())) errors.push(`fetched ${request.url()}`)
})

// Wait until the reader stands still: where it is has not changed for a while, however slow the machine.
const settle = () => page.evaluate(async () => {
    const view = document.querySelector('foliate-view')
    const place = () => JSON.stringify([view.lastLocation?.fraction, view.lastLocation?.section, view.lastLocation?.tocItem?.label])
    for (let same = 0, last = ''; same < 3;) {
        await new Promise(done => setTimeout(done, 80))
        const now = place()
        same = now === last ? same + 1 : 0
        last = now
    }
})
const shot = name => page.screenshot({ path: join(folder, `${basename(book, '.epub')}-${name}.png`) })

// Where the reader is, and what the document that is shown looks like.
const look = () => page.evaluate(() => {
    const view = document.querySelector('foliate-view')
    const { fraction, section, tocItem } = view.lastLocation
    const [{ doc }] = view.renderer.getContents()
    const style = doc.defaultView.getComputedStyle(doc.body)
    return {
        fraction,
        section: section.current,
        label: tocItem?.label?.trim() ?? '',
        writing: style.writingMode,
        text: doc.body.textContent.length,
        pictures: [...doc.images].map(image => image.complete && image.naturalWidth > 0),
    }
})

await page.goto(`${home}/reader.html?url=/book.epub`)
await page.waitForFunction(() => document.querySelector('foliate-view')?.lastLocation, { timeout: 60000 })
await settle()
const { dir, sections, toc, pages } = await page.evaluate(() => {
    const { book } = document.querySelector('foliate-view')
    const flat = items => (items ?? []).flatMap(item => [{ label: item.label.trim(), href: item.href }, ...flat(item.subitems)])
    return { dir: book.dir, sections: book.sections.length, toc: flat(book.toc), pages: flat(book.pageList) }
})
await shot('cover')

// Go somewhere by `move`, and wait until the reader says that it is there; at either end of a book it stays silent.
const go = async move => {
    await page.evaluate(() => {
        const view = document.querySelector('foliate-view')
        window.moved = new Promise(done => {
            view.addEventListener('relocate', done, { once: true })
            setTimeout(done, 10000)
        })
    })
    await move()
    await page.evaluate(() => window.moved.then(() => true))
    await settle()
}
const goTo = href => go(() => page.evaluate(href => document.querySelector('foliate-view').goTo(href), href))

// A busy machine takes its time; what has not come by then, the test finds missing.
const until = async (seen, wanted) => {
    await page.waitForFunction(seen, { timeout: 20000 }, wanted).catch(() => {})
    await settle()
}

const turns = { ArrowRight: [], ArrowLeft: [] }
const lines = toc.filter(({ href }) => href)
const middle = lines[Math.floor(lines.length / 2)]
for (const key of Object.keys(turns)) {
    await goTo(middle.href)
    turns[key].push((await look()).fraction)
    for (let turn = 1; turn <= 3; turn++) {
        await page.keyboard.press(key)
        await until(fraction => document.querySelector('foliate-view').lastLocation.fraction !== fraction, turns[key].at(-1))
        turns[key].push((await look()).fraction)
        await shot(`${key}-${turn}`)
    }
}

// A tap on the mark of a note opens the note by itself, as readers do that use the engine's handler; its link leads back.
const openNote = async href => {
    await goTo(href)
    return page.evaluate(async () => {
        const { FootnoteHandler } = await import('/footnotes.js')
        const view = document.querySelector('foliate-view')
        const mark = view.renderer.getContents().map(({ doc }) => doc.querySelector('a[role="doc-noteref"]')).find(found => found)
        if (!mark) return null
        const handler = new FootnoteHandler()
        const opened = new Promise((done, failed) => {
            handler.addEventListener('before-render', ({ detail }) => {
                detail.view.style.cssText = 'position: fixed; left: -1000px; width: 400px; height: 400px'
                document.body.append(detail.view)
            })
            handler.addEventListener('render', ({ detail }) => done(detail))
            view.addEventListener('link', event => handler.handle(view.book, event)?.catch(failed), { once: true })
            setTimeout(() => failed(new Error('the note does not open')), 20000)
        })
        mark.click()
        const { view: popup, type, hidden } = await opened
        const { doc } = popup.renderer.getContents()[0]
        const back = doc.querySelector('a[role="doc-backlink"]')
        return { mark: mark.textContent, text: doc.body.textContent.trim(), type, hidden, back: back?.getAttribute('href') === `#${mark.id}` }
    })
}

const jumps = []
const notes = []
const step = Math.max(1, Math.ceil(lines.length / 12))
for (const [number, { label, href }] of lines.filter((_, at) => at % step === 0).entries()) {
    await goTo(href)
    await until(label => document.querySelector('foliate-view').lastLocation.tocItem?.label?.trim() === label, label)
    jumps.push({ asked: label, ...await look() })
    await shot(`jump-${number}`)
    const note = await openNote(href)
    if (note) notes.push(note)
}

await browser.close()
server.close()
console.log(JSON.stringify({ dir, sections, toc, pages, turns, jumps, notes, errors }))
