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

// A page that is turned to has been drawn, and its animation is over.
const settle = () => new Promise(done => setTimeout(done, 150))
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
            setTimeout(done, 5000)
        })
    })
    await move()
    await page.evaluate(() => window.moved.then(() => true))
    await settle()
}
const goTo = href => go(() => page.evaluate(href => document.querySelector('foliate-view').goTo(href), href))

const turns = { ArrowRight: [], ArrowLeft: [] }
const lines = toc.filter(({ href }) => href)
const middle = lines[Math.floor(lines.length / 2)]
for (const key of Object.keys(turns)) {
    await goTo(middle.href)
    turns[key].push((await look()).fraction)
    for (let turn = 1; turn <= 3; turn++) {
        await go(() => page.keyboard.press(key))
        turns[key].push((await look()).fraction)
        await shot(`${key}-${turn}`)
    }
}

const jumps = []
const step = Math.max(1, Math.ceil(lines.length / 12))
for (const [number, { label, href }] of lines.filter((_, at) => at % step === 0).entries()) {
    await goTo(href)
    jumps.push({ asked: label, ...await look() })
    await shot(`jump-${number}`)
}

await browser.close()
server.close()
console.log(JSON.stringify({ dir, sections, toc, pages, turns, jumps, errors }))
