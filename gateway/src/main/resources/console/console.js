'use strict';

// The page is a picture of the last snapshot: no state of its own but the token and the connection.

const byId = (id) => document.getElementById(id);
const AGAIN_MS = 1500;
// Snapshots come every second; silence beyond this means that nobody is there.
const SILENCE_MS = 8000;
// Many times the largest snapshot; whoever sends more without an end is not the gateway.
const UNREAD_CHARS_MAX = 32 * 1024 * 1024;
const ROWS_MAX = 20;
const NAME_CHARS_MAX = 32;

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
const badge = (text, kind) => el('span', { class: `badge ${kind}` }, text);
const items = (data) => (Array.isArray(data) ? data : (data && data.items) || []);

// Of another day than today the day as well.
const clockTime = (instant) => {
  if (!instant) return '–';
  const at = new Date(instant);
  const time = at.toLocaleTimeString([], { hourCycle: 'h23' });
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toLocaleDateString([], { month: 'short', day: 'numeric' })} ${time}`;
};
const seconds = (duration) => {
  if (duration === null || duration === undefined) return null;
  const match = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration);
  if (!match) return null;
  const [, minus, d = 0, h = 0, m = 0, s = 0] = match;
  return (minus ? -1 : 1) * (((+d * 24 + +h) * 60 + +m) * 60 + +s);
};
// A number and its unit stay on one line.
const span = (s) => {
  if (s === null || s === undefined || Number.isNaN(s)) return '–';
  if (s < 1) return `${Math.round(s * 1000)}\u00a0ms`;
  if (s < 120) return `${s.toFixed(1)}\u00a0s`;
  return s < 7200 ? `${Math.round(s / 60)}\u00a0min` : `${(s / 3600).toFixed(1)}\u00a0h`;
};
const between = (from, to) => (from ? span((new Date(to || Date.now()) - new Date(from)) / 1000) : '–');
const bytes = (n) => {
  if (n === null || n === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${unit === 0 ? value : value.toFixed(1)}\u00a0${units[unit]}`;
};

const KINDS = {
  healthy: 'good', up: 'good', serving: 'good', primary: 'good', streaming: 'good', completed: 'good',
  present: 'good', answering: 'good', True: 'good',
  replica: 'calm', running: 'calm', idle: 'calm', pending: 'calm',
  suspect: 'warn', draining: 'warn', held: 'warn', unknown: 'warn', Unknown: 'warn', skipped: 'warn',
  down: 'bad', fenced: 'bad', failed: 'bad', stuck: 'bad', disconnected: 'bad', damaged: 'bad',
  missing: 'bad', lost: 'bad', False: 'bad',
};
// A name too long for its line is shortened in the middle; the whole is in the title.
const shortened = (text) => {
  const short = text.split('/')
    .map((name) => (name.length > NAME_CHARS_MAX ? `${name.slice(0, 8)}…${name.slice(-6)}` : name)).join('/');
  return el('span', short === text ? {} : { title: text }, short);
};
const state = (text, prefix = '') => badge(prefix + text, KINDS[text] || 'calm');

// What a block's source said last, under a note if it has gone silent.
const known = (block, render) => {
  if (!block) return [el('p', { class: 'quiet' }, 'unknown')];
  const note = block.unknownSince
    ? [el('p', { class: 'unknown' }, `unknown since ${clockTime(block.unknownSince)} (${block.error})`)]
    : [];
  if (block.data === undefined || block.data === null) return note;
  return [...note, el('div', { class: block.unknownSince ? 'stale' : '' }, render(block.data))];
};
const inRegions = (blocks, name) => Object.keys(blocks).filter((key) => key.startsWith(`${name}/`)).sort();
const silentRegions = (blocks, name) => inRegions(blocks, name).filter((key) => blocks[key].unknownSince).map((key) =>
  el('p', { class: 'unknown' }, `${key.slice(name.length + 1)} unknown since ${clockTime(blocks[key].unknownSince)} (${blocks[key].error})`));
// Several regions may tell of the same thing: who answers comes first, then who knows, then who looked last.
const everywhere = (blocks, name, identity, knows) => {
  const best = new Map();
  for (const key of inRegions(blocks, name)) {
    for (const item of items(blocks[key].data)) {
      const rank = [blocks[key].unknownSince ? 0 : 1, knows(item) ? 1 : 0, Date.parse(item.observedAt) || 0];
      const told = best.get(identity(item));
      const better = !told || rank.reduce((order, value, at) => order || value - told.rank[at], 0) > 0;
      if (better) best.set(identity(item), { item, rank });
    }
  }
  return [...best.values()].map(({ item }) => item);
};
const table = (caption, heads, rows) =>
  rows.length === 0
    ? el('p', { class: 'quiet' }, 'none')
    : el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
        el('table', {},
          el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
          el('tbody', {}, ...rows.slice(0, ROWS_MAX).map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell)))))),
        rows.length > ROWS_MAX ? el('p', { class: 'quiet' }, `and ${rows.length - ROWS_MAX} more`) : null);
const list = (...pairs) =>
  el('dl', {}, ...pairs.filter(([, value]) => value !== null && value !== undefined)
    .flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
const figure = (value, label) => el('div', { class: 'figure' }, el('b', {}, value), el('span', {}, label));

// Text that did not change is left alone, so that readers and selections are not disturbed.
const put = (id, nodes) => {
  const target = byId(id);
  const fresh = el('div', {}, ...nodes);
  if (target.dataset.shown === fresh.innerHTML) return;
  target.dataset.shown = fresh.innerHTML;
  target.replaceChildren(...fresh.childNodes);
};

// Nobody holds the lease only if the quorum says so; while it says nothing, nothing is known.
const holderOf = (lease, { data, unknownSince } = {}) => {
  const holder = lease && !lease.expired && lease.holder;
  if (data === undefined || data === null) return ['unknown', 'holds the write lease'];
  if (unknownSince) return ['unknown', `holds the write lease; ${holder || 'nobody'} when last heard of`];
  return [holder || 'nobody', 'holds the write lease'];
};

const showLease = (snapshot) => {
  const { routes, blocks } = snapshot;
  const lease = items(blocks.leases && blocks.leases.data).find((l) => l.application === routes.application);
  const nodes = [
    figure(...holderOf(lease, blocks.leases)),
    figure(String(lease ? lease.epoch : routes.epoch), 'epoch'),
    figure(lease ? span(seconds(lease.duration)) : '–', 'lease length'),
    figure(routes.readsGoTo || 'refused', 'reads go to'),
    figure(routes.writesGoTo || 'refused', routes.mode === 'read-only' ? 'writes (read-only now)' : 'writes go to'),
  ];
  const application = items(blocks.applications && blocks.applications.data).find((a) => a.metadata.name === routes.application);
  for (const { type, status, reason, message } of application ? application.status.conditions : []) {
    if (status !== 'True') nodes.push(el('p', { class: 'unknown' }, `not ${type.toLowerCase()}: ${message || reason}`));
  }
  if (blocks.leases && blocks.leases.unknownSince) {
    nodes.push(el('p', { class: 'unknown' }, `quorum unknown since ${clockTime(blocks.leases.unknownSince)} (${blocks.leases.error}); routing goes on by the last table`));
  }
  put('lease', nodes);
};

const showRegions = (snapshot) => {
  const { routes, blocks } = snapshot;
  const names = [...new Set([...routes.regions.map((r) => r.region), ...routes.upstreams.map((u) => u.region)])].sort();
  put('regions', names.map((name) => {
    const routed = routes.regions.find((r) => r.region === name);
    const upstream = routes.upstreams.find((u) => u.region === name);
    const evidence = items(blocks.evidence && blocks.evidence.data).find((e) => e.region === name);
    const block = blocks[`region-status/${name}`];
    const status = block && items(block.data).find((s) => s.application === routes.application);
    const badges = [
      routes.writer === name ? badge('writer', 'good') : null,
      routed ? state(routed.state, 'table: ') : badge('not in the table', 'warn'),
      upstream ? state(upstream.state, 'application ') : null,
      evidence ? state(evidence.verdict, 'observers: ') : null,
    ];
    const database = status
      ? el('span', block.unknownSince ? { class: 'stale' } : {}, state(status.role), ` ${status.lsn || ''}`)
      : null;
    return el('li', { class: routes.writer === name ? 'card writer' : 'card' },
      el('h3', {}, name, name === routes.region ? el('span', { class: 'quiet' }, ' (here)') : null),
      el('div', { class: 'badges' }, ...badges.filter(Boolean)),
      list(
        ['round trip', upstream && upstream.latencyMillis !== undefined && upstream.latencyMillis !== null ? `${upstream.latencyMillis.toFixed(1)} ms` : '–'],
        ['database', database || '–'],
        ['timeline', status && status.timeline ? String(status.timeline) : null],
        ['fenced since', status && status.fencedSince ? clockTime(status.fencedSince) : null],
        ['diverged', status && status.divergence ? `${bytes(status.divergence.bytes)} not in the new history` : null],
        ['guard', block && block.unknownSince ? el('span', {}, badge(`unknown since ${clockTime(block.unknownSince)}`, 'warn')) : null],
        ['last failure', upstream && upstream.state !== 'healthy' && upstream.detail ? upstream.detail : null]));
  }));
};

const showExecution = ({ blocks }) => {
  put('execution', known(blocks.executions, (data) => {
    const [last] = items(data).slice().sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    if (!last) return el('p', { class: 'quiet' }, 'none yet');
    const m = last.measured;
    return el('div', {},
      el('p', {}, el('b', {}, `${last.kind} ${last.from} → ${last.to}`), ' ', state(last.state), last.drill ? badge('drill', 'calm') : null,
        el('span', { class: 'quiet' }, ` ${clockTime(last.startedAt)} · ${last.trigger} · ${last.reason}`)),
      last.heldBefore ? el('p', { class: 'unknown' }, `waits to be acknowledged before ${last.heldBefore}`) : null,
      el('ol', { class: 'steps' }, ...last.steps.map((step) =>
        el('li', { class: step.state }, el('b', {}, step.name),
          el('span', {}, step.state === 'completed' ? between(step.startedAt, step.finishedAt) : step.state,
            step.attempts > 1 ? ` · attempt ${step.attempts}` : '')))),
      m ? el('div', { class: 'figures' },
        figure(span(seconds(m.achievedRecoveryTime)), 'recovery time achieved'),
        figure(m.lossBytesMax === undefined || m.lossBytesMax === null ? 'unknown' : bytes(m.lossBytesMax), m.lossKnownExactly ? 'lost' : 'lost at most'),
        figure(span(seconds(m.lossDurationMax)), 'lost, in time')) : null);
  }));
};

const showLinks = ({ blocks }) => {
  const links = everywhere(blocks, 'links', (link) => `${link.application} ${link.from} ${link.to}`, (link) => link.state !== 'unknown');
  const exposures = everywhere(blocks, 'exposures', (e) => `${e.application} ${e.region} ${e.survivor}`, (e) => e.duration);
  put('links', [
    ...silentRegions(blocks, 'links'),
    table('Replication links', ['from', 'to', 'state', 'lag', 'behind'],
      links.map((link) => [link.from, link.to, state(link.state),
        span(seconds(link.heartbeatLag) ?? seconds(link.serverLag)), bytes(link.serverLagBytes)])),
    el('h3', { class: 'quiet' }, 'If a region were lost now'),
    table('Exposure', ['lost', 'survivor', 'work lost', 'bytes', 'objective'],
      exposures.map((e) => [e.region, e.survivor, span(seconds(e.duration)), bytes(e.bytes),
        el('span', {}, badge({ True: 'within', False: 'beyond' }[e.withinObjective] || 'unknown', KINDS[e.withinObjective] || 'warn'), e.objective ? ` ${span(seconds(e.objective))}` : '')])),
  ]);
};

const copyBadge = (copy) => (copy.state === 'present' ? badge(`✓ ${copy.name}`, 'good') : state(copy.state, `${copy.name}: `));

const showPoints = ({ routes, blocks }) => {
  put('points', known(blocks['recovery-points'], (data) => table('Recovery points', ['taken', 'of', 'stored', 'copies'],
      items(data).slice(0, 5).map((p) => [clockTime(p.takenAt),
        p.application === routes.application ? p.component : `${p.application}/${p.component}`,
        `${bytes(p.storedBytes)} for ${bytes(p.sourceBytes)}`,
        el('span', {}, ...p.copies.flatMap((copy) => [copyBadge(copy), ' ']))]))));
};

const showLog = ({ blocks }) => {
  put('log', known(blocks['audit-log'], (data) => {
    const [origin, size, root] = String(data).split('\n');
    return list(['log', origin], ['entries', size], ['root', el('code', {}, root || '–')]);
  }));
};

// io.farshore.backup.backup-run.started.v1 is a backup run started; who says so stands in its own column.
const happened = ({ type, particulars: { step } }) => {
  const words = type.replace(/^io\.farshore\.[^.]+\./, '').replace(/\.v\d+$/, '').replace(/[.-]/g, ' ');
  const alarm = /\b(failed|breached|lost|refused|denied|rejected|unreadable)$/.test(words);
  return el('span', alarm ? { class: 'alarm' } : {}, step ? `${words}: ${step}` : words);
};
const story = (p) => [
  p.kind, p.upstream, p.from && p.to ? `${p.from} → ${p.to}` : p.region, p.component,
  p.writer && `writer ${p.writer}`, p.mode, p.level, p.lag && span(seconds(p.lag)), p.bytes && bytes(+p.bytes),
  p.heldBefore && `before ${p.heldBefore}`, p.code, p.epoch > 0 && !p.kind && `epoch ${p.epoch}`,
].filter(Boolean).join(' · ');

const showEvents = ({ routes, events, eventsLive }) => {
  put('events', [
    eventsLive ? null : el('p', { class: 'unknown' }, 'the region’s broker does not deliver events now'),
    // They arrive nearly in the order they happened in.
    table('Latest events', ['time', 'what', 'details', 'about', 'by'],
      events.slice().sort((a, b) => (Date.parse(b.time) || 0) - (Date.parse(a.time) || 0)).slice(0, ROWS_MAX).map((e) => [clockTime(e.time),
        happened(e), story(e.particulars), shortened(e.subject),
        shortened(e.source.replace('/regions/', '').replace(`${routes.region}/`, ''))])),
  ].filter(Boolean));
};

const showRoutes = ({ routes }) => {
  put('routes', [
    list(['revision', String(routes.revision)], ['table from', routes.source || 'nobody'],
      ['adopted', clockTime(routes.adoptedAt)], ['on disk', routes.keptOnDisk ? 'yes' : 'no: it would not survive a restart']),
    el('h3', { class: 'quiet' }, 'Learns from'),
    el('p', {}, ...routes.sources.flatMap((s) => [state(s.state, `${s.member}: `), ' '])),
  ]);
};

const show = (snapshot) => {
  byId('application').textContent = snapshot.routes.application;
  byId('here').textContent = `seen from ${snapshot.routes.region}`;
  document.title = `${snapshot.routes.application} · Farshore`;
  for (const part of [showLease, showRegions, showExecution, showLinks, showPoints, showLog, showEvents, showRoutes]) part(snapshot);
  byId('main').hidden = false;
  byId('main').classList.remove('stale');
};

let heardAt = null;
const connection = (text, kind) => {
  const node = byId('connection');
  if (node.textContent !== text) node.textContent = text;
  node.className = `badge ${kind}`;
};

// EventSource cannot send an Authorization header, so the stream is read by hand.
const follow = async (token) => {
  const quit = new AbortController();
  let heard = Date.now();
  const guard = setInterval(() => { if (Date.now() - heard > SILENCE_MS) quit.abort(); }, 1000);
  try {
    const response = await fetch('stream', { headers: { Authorization: `Bearer ${token}` }, signal: quit.signal, cache: 'no-store' });
    if (response.status === 401 || response.status === 403) {
      return response.status === 401 ? 'This token is not valid, or no longer.' : 'This token has no role that may look.';
    }
    if (!response.ok) throw new Error(`status ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return null;
      heard = Date.now();
      text += value;
      if (text.length > UNREAD_CHARS_MAX) throw new Error('a message without an end');
      const messages = text.split('\n\n');
      text = messages.pop();
      const last = messages.filter((m) => m.startsWith('event: snapshot')).pop();
      if (last) {
        show(JSON.parse(last.slice(last.indexOf('data: ') + 6)));
        heardAt = new Date();
        connection('live', 'good');
      }
    }
  } finally {
    clearInterval(guard);
    quit.abort();
  }
};

const run = async (token) => {
  byId('sign-in').hidden = true;
  for (;;) {
    try {
      const refused = await follow(token);
      if (refused) return ask(refused);
    } catch (e) {
      console.info(`no longer connected: ${e.message}`);
    }
    // What is shown stays, but it is of then.
    byId('main').classList.add('stale');
    connection(heardAt ? `reconnecting, last heard ${clockTime(heardAt)}` : 'reconnecting', 'bad');
    await new Promise((resume) => { setTimeout(resume, AGAIN_MS); });
  }
};

const ask = (reason) => {
  connection('not signed in', 'warn');
  byId('main').hidden = true;
  byId('sign-in').hidden = false;
  byId('sign-in-reason').textContent = reason;
  byId('token').focus();
};

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  run(byId('token').value.trim());
});

const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  // Out of sight and out of the history, kept only in this tab.
  history.replaceState(null, '', location.pathname);
  sessionStorage.setItem('token', given);
}
const token = given || sessionStorage.getItem('token');
if (token) run(token);
else ask('Open the address the launcher printed, or paste a token.');
