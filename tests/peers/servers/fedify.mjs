// A fediverse server made with fedify, on loopback, in memory, with /control to make its actors act. Node >= 22. See fedify.sh.
import crypto from 'node:crypto'
import http from 'node:http'
import { asked, signatureOf } from './fedify_loopback.mjs'
import * as actors from './fedify_actors.mjs'
import * as hand from './fedify_by_hand.mjs'

const { federation, fedify, origin, people, person, received, rules, vocab } = actors
const deliveries = [] // every POST to an inbox, believed or not
const asks = [] // every GET, but /control
const modes = new Map() // name, or '*' for all -> { inbox, actor, times }
for (const name of actors.first) person(name)

// --- what the actors do

const urlOf = (text) => new URL(text)
const fresh = (ctx, as) =>
  as ? ctx.getDocumentLoader({ identifier: as }) : fedify.getDocumentLoader({ allowPrivateAddress: true })

async function found(ctx, resource, as) {
  const documentLoader = await fresh(ctx, as)
  return ctx.lookupObject(resource, { documentLoader, allowPrivateAddress: true })
}

async function theActor(ctx, url) {
  const who = await found(ctx, url)
  if (!vocab.isActor(who) || !who.inboxId) throw new Error(`no actor with an inbox: ${url}`)
  return who
}

const inboxOf = (who, shared) => (shared && who.endpoints?.sharedInbox) || who.inboxId

/** Sends, and tells each knock: which signature, which status. */
async function sent(ctx, name, to, activity, { knock, shared = false }) {
  const before = asked.length
  if (knock) await actors.knockFirst(to.inboxId, knock)
  let error = null
  try {
    await ctx.sendActivity({ identifier: name }, to, activity, { immediate: true, preferSharedInbox: shared })
  } catch (wrong) {
    error = String(wrong.message ?? wrong)
  }
  const { href } = inboxOf(to, shared)
  const knocks = asked.slice(before).filter((one) => one.method === 'POST' && one.url === href)
  return {
    id: activity.id.href,
    to: href,
    status: knocks.at(-1)?.status ?? null,
    knocks: knocks.map(({ signature, status }) => ({ signature, status })),
    error,
  }
}

const newId = (name, kind) => urlOf(`${origin}/users/${name}#${kind}-${crypto.randomUUID()}`)

async function act(kind, { name, actor, id, ...how }) {
  person(name)
  const ctx = actors.context()
  const to = await theActor(ctx, actor)
  const me = ctx.getActorUri(name)
  const follow = () => new vocab.Follow({ id: id ? urlOf(id) : newId(name, 'follow'), actor: me, object: to.id })
  const activity = {
    follow,
    unfollow: () => new vocab.Undo({ id: newId(name, 'undo'), actor: me, object: follow() }),
    block: () => new vocab.Block({ id: newId(name, 'block'), actor: me, object: to.id }),
  }[kind]()
  return sent(ctx, name, to, activity, how)
}

async function create({ name, content, replyTo, to, ...how }) {
  const ctx = actors.context()
  const { posts, followers } = person(name)
  const post = { number: posts.length, content, replyTo, at: actors.Temporal.Now.instant() }
  posts.push(post)
  const activity = actors.created(ctx, name, post)
  const readers = to ? await Promise.all(to.map((url) => theActor(ctx, url))) : [...followers.values()]
  const told = []
  for (const reader of readers) told.push(await sent(ctx, name, reader, activity, how))
  return { id: activity.objectId.href, sent: told }
}

/** Any activity, as JSON: what it lacks of @context, id and actor is added. */
async function send({ name, to, activity, ...how }) {
  person(name)
  const ctx = actors.context()
  const whole = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: newId(name, 'activity').href,
    actor: ctx.getActorUri(name).href,
    ...activity,
  }
  const read = await vocab.Activity.fromJsonLd(whole, ctx)
  return sent(ctx, name, await theActor(ctx, to), read, how)
}

async function forged({ name, to, kind, as = 'mallory', shared }) {
  if (!hand.kinds.includes(kind)) throw new Error(`kind: ${hand.kinds.join(', ')}`)
  const ctx = actors.context()
  const target = await theActor(ctx, to)
  const signer = kind === 'other' ? as : name
  person(name)
  person(signer)
  const [rsa] = await ctx.getActorKeyPairs(signer)
  const key = crypto.KeyObject.from(rsa.privateKey)
  const follow = hand.follow(ctx.getActorUri(name).href, target.id.href)
  return { id: follow.id, ...(await hand.post(inboxOf(target, shared).href, follow, rsa.keyId.href, key, kind)) }
}

async function crowd({ actor, count, first, at_once }) {
  const to = await theActor(actors.context(), actor)
  return hand.crowdFollows(to.id.href, to.inboxId.href, count, first, at_once)
}

async function lookup({ resource, as }) {
  const ctx = actors.context()
  const webfinger = await ctx.lookupWebFinger(resource, { allowPrivateAddress: true })
  const object = await found(ctx, resource, as)
  if (!object) return { webfinger, object: null }
  const { '@context': _, ...json } = await object.toJsonLd({ format: 'compact', contextLoader: ctx.contextLoader })
  return { webfinger, kind: object.constructor.name, object: json }
}

async function outbox({ actor, limit = '200' }) {
  const ctx = actors.context()
  const how = { documentLoader: await fresh(ctx), contextLoader: ctx.contextLoader }
  const box = await (await theActor(ctx, actor)).getOutbox(how)
  if (!box) throw new Error(`no outbox that can be read: ${actor}`)
  const items = []
  for await (const item of ctx.traverseCollection(box, how)) {
    items.push(await item.toJsonLd({ format: 'compact', contextLoader: ctx.contextLoader }))
    if (items.length >= Number(limit)) break
  }
  return { total: box.totalItems, items }
}

// --- what the control may be told and asked

function forget() {
  for (const list of [received, deliveries, asks, asked]) list.length = 0
  hand.forgetCrowd()
  actors.forgetOthers()
  modes.clear()
  rules.secure = false
  return {}
}

function mode({ name = '*', inbox = 'ok', actor = 'ok', times = Infinity }) {
  if (!['ok', 'dead', 'gone', 'slow', 'error', 'refuse'].includes(inbox)) throw new Error(`no such inbox: ${inbox}`)
  modes.set(name, { inbox, actor, times })
  return {}
}

const only = (list, { type, name }) =>
  list.filter((one) => (!type || one.type === type) && (!name || one.to === name || one.name === name))

const CONTROL = {
  'POST follow': (told) => act('follow', told),
  'POST unfollow': (told) => act('unfollow', told),
  'POST block': (told) => act('block', told),
  'POST create': create,
  'POST send': send,
  'POST forged': forged,
  'POST crowd': crowd,
  'POST actor': ({ name, follows, shared }) => {
    person(name, Object.fromEntries(Object.entries({ follows, shared }).filter(([, value]) => value !== undefined)))
    return { url: `${origin}/users/${name}`, handle: `${name}@${actors.host}` }
  },
  'POST rotate': async ({ name }) => {
    actors.rotate(name)
    await people.get(name).keys
    return {}
  },
  'POST mode': mode,
  'POST secure': ({ on }) => {
    rules.secure = Boolean(on)
    return {}
  },
  'POST forget': forget,
  'GET received': (wish) => only(received, wish),
  'GET deliveries': (wish) => only(deliveries, wish),
  'GET asks': () => asks,
  'GET asked': () => asked,
  'GET counted': ({ type }) => hand.counted(type),
  'GET lookup': lookup,
  'GET outbox': outbox,
}

async function control({ method, url, body }) {
  const deed = CONTROL[`${method} ${url.pathname.slice('/control/'.length)}`]
  if (!deed) return { status: 404, json: { error: 'unknown', known: Object.keys(CONTROL) } }
  try {
    const told = method === 'POST' ? JSON.parse(body.toString() || '{}') : Object.fromEntries(url.searchParams)
    return { status: 200, json: await deed(told) }
  } catch (error) {
    return { status: 400, json: { error: String(error.stack ?? error) } }
  }
}

// --- what others ask

const STATUS = { gone: 410, error: 500, refuse: 401 }

function modeOf(name, what) {
  const mode = modes.get(name) ?? modes.get('*')
  if (!mode || mode[what] === 'ok' || mode.times <= 0) return 'ok'
  mode.times -= 1
  return mode[what]
}

function noted(request, { headers, json, url, name, inbox }) {
  const entry = { at: new Date().toISOString(), path: url.pathname + url.search, signature: signatureOf(request.headers) }
  const list = inbox ? deliveries : asks
  list.push({ ...entry, name, headers, ...(inbox && { id: json?.id, type: json?.type }), status: null })
  return list.at(-1)
}

function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** What is asked of whom; a crowd is only counted, the others are written down. */
function read(incoming, body) {
  const url = new URL(incoming.url, origin)
  const [, name = null, box] = /^\/users\/([^/]+)(\/inbox)?$/.exec(url.pathname) ?? []
  const inbox = incoming.method === 'POST' && (url.pathname === '/inbox' || box === '/inbox')
  const { method, headers } = incoming
  return { method, url, name, inbox, headers, body, json: parsed(body), crowded: hand.ofCrowd(method, url.pathname) }
}

async function answered(what) {
  const { method, url, headers, body, json, name, crowded, inbox } = what
  const request = new Request(url, { method, headers, body: body.length ? body : undefined })
  const note = crowded ? {} : noted(request, what)
  const how = inbox || name ? modeOf(name, inbox ? 'inbox' : 'actor') : 'ok'
  note.status = STATUS[how] ?? how
  if (how !== 'ok') return { how, status: STATUS[how] }
  if (crowded) return inbox ? { status: hand.take(name, headers, body) } : { status: 200, json: hand.documentOf(name) }
  const jrd = url.pathname === '/.well-known/webfinger' && hand.webfingerOf(url.searchParams.get('resource'))
  if (jrd) return { status: 200, headers: { 'content-type': 'application/jrd+json' }, json: jrd }
  const answer = await federation.fetch(request, { contextData: json })
  note.status = answer.status
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
}

async function handle(incoming, outgoing) {
  const chunks = []
  for await (const chunk of incoming) chunks.push(chunk)
  const what = read(incoming, Buffer.concat(chunks))
  const controlled = what.url.pathname.startsWith('/control/')
  const { how, status, json, headers, text } = controlled ? await control(what) : await answered(what)
  if (how === 'dead') return incoming.socket.destroy()
  if (how === 'slow') return // until the other side hangs up
  const type = { 'content-type': controlled ? 'application/json' : 'application/activity+json' }
  outgoing.writeHead(status, headers ?? type).end(json ? JSON.stringify(json) : text)
}

const server = http.createServer((incoming, outgoing) => {
  handle(incoming, outgoing).catch((error) => {
    console.error(error)
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  })
})
server.keepAliveTimeout = 60_000
server.listen(Number(new URL(origin).port || 80), '127.0.0.1', () => console.log(`fedify on ${origin}`))
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => process.exit(0))
