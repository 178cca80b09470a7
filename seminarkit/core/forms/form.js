// One form, drawn with native HTML from its compiled definition, for every host.
// The sums of the first half are also in Python; tests/core/forms/vectors.json holds both.
// A text from outside becomes a text node: nothing writes markup.

export const FORM = "application/vnd.seminarkit.form.v1+json";
export const ANSWERS = "application/vnd.seminarkit.answers.v1+json";

const isBlank = (v) =>
  v == null || (typeof v == "string" ? /^[ \t\r\n\f\v\u00a0]*$/.test(v)
    : typeof v == "object" && Object.values(v).every(isBlank));
const asText = (v) => Array.isArray(v) ? v.filter((x) => typeof x == "string").join(" ")
  : ["string", "number"].includes(typeof v) ? String(v) : "";
const counts = (v) => ["number", "boolean"].includes(typeof v);
const asNumber = (v) => counts(v) || /^[ \t\r\n]*-?\d+(\.\d+)?[ \t\r\n]*$/.test(v = asText(v)) ? Number(v) : NaN;
const isTrue = (v) => Array.isArray(v) ? v.length > 0 : !!v;
const equal = (a, b) => [a, b].some(counts) ? asNumber(a) === asNumber(b) : asText(a) === asText(b);
const rowsOf = (v) => Array.isArray(v) ? v : [];
const size = (v) => Array.isArray(v) ? v.length : +(asText(v) !== "");

const OPERATIONS = {
  not: (a) => !isTrue(a),
  selected: (a, b) => Array.isArray(a) ? a.includes(asText(b)) : asText(a) === b,
  count: size,
  "count-selected": size,
  "string-length": (a) => [...asText(a)].length,
  regex: (a, b) => new RegExp(`^(?:${b})$`, "su").test(asText(a)),
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => asNumber(a) < asNumber(b),
  "<=": (a, b) => asNumber(a) <= asNumber(b),
  ">": (a, b) => asNumber(a) > asNumber(b),
  ">=": (a, b) => asNumber(a) >= asNumber(b),
};

export function evaluate(tree, answers, own = "") {
  if (!Array.isArray(tree)) return tree;
  const [name, ...args] = tree, value = (arg) => evaluate(arg, answers, own);
  if (name === "ref") return Object.hasOwn(answers, args[0]) ? answers[args[0]] : "";
  if (name === "self") return own;
  if (name === "and") return args.every((arg) => isTrue(value(arg)));
  if (name === "or") return args.some((arg) => isTrue(value(arg)));
  return Object.hasOwn(OPERATIONS, name) && OPERATIONS[name](...args.map(value));
}

const isRelevant = (field, scope) => !("relevant" in field) || isTrue(evaluate(field.relevant, scope));

function* relevantFields(fields, scope) {
  for (const field of fields) {
    if (!isRelevant(field, scope)) continue;
    if (field.type === "group") yield* relevantFields(field.fields, scope);
    else if (field.type !== "note") yield field;
  }
}

// Equal for links to one page: url_compare.py.
const bare = (link) => asText(link).toLowerCase()
  .replace(/^https?:\/\/(www\.)?|#.*|[?&]((utm_|fbclid=|gclid=)[^&#]*)?|\/(?=[?&#]|$)/gs, "");

const WHY = { saved: "saved to a file", submitted: "submitted", copied: "copied for a mail", replaced: "replaced by another" };
const MISSING = "Not answered yet.", KEEPING = "Keeping …";

function* gapsOf(field, path, value, scope) {
  const gap = (message) => ({ path, label: field.label, message });
  if (field.type === "repeat") {
    let filled = 0;
    for (const [i, row] of rowsOf(value).entries()) {
      if (isBlank(row)) continue;
      filled += 1;
      const inside = { ...scope, ...row };
      for (const inner of relevantFields(field.fields, inside))
        yield* gapsOf(inner, `${path}.${i}.${inner.name}`, row[inner.name], inside);
    }
    if (filled < field.min) yield gap(`${filled} of at least ${field.min} given.`);
  } else if (isBlank(value)) {
    if (field.required) yield gap(MISSING);
  } else if (field.type === "integer" && typeof value != "number") yield gap("Write a whole number, such as 5.");
  else if ("constraint" in field && !isTrue(evaluate(field.constraint, scope, value))) yield gap(field.message);
  else if (field.unique) {
    const [rows, i] = path.split("."), first = scope[rows].findIndex((row) => bare(row?.[field.name]) === bare(value));
    if (first < i) yield gap(`The same link as in number ${first + 1} above.`);
  }
}

const goodRows = (field, rows, gaps) => rowsOf(rows)
  .filter((row, i) => !isBlank(row) && !gaps.some((gap) => gap.path.startsWith(`${field.name}.${i}.`))).length;

export function progress(form, answers) {
  const done = { answered: 0, total: 0, gaps: [] };
  for (const field of relevantFields(form.fields, answers)) {
    const own = [...gapsOf(field, field.name, answers[field.name], answers)];
    const needed = field.min ?? +!!field.required;
    done.total += needed;
    done.answered += Math.min(needed, field.type === "repeat" ? goodRows(field, answers[field.name], own) : !own.length);
    done.gaps.push(...own);
  }
  return done;
}

const tally = (form, answers) => (({ answered, total }) => `${answered} of ${total} answered`)(progress(form, answers));
const wordsIn = (v) => v && typeof v == "object" ? Object.values(v).reduce((sum, inner) => sum + wordsIn(inner), 0)
  : asText(v).split(/\s+/).filter(Boolean).length;
// What is answered in part counts for nothing in the bar, and is not nothing.
const extent = (form, answers, words = wordsIn(answers)) => `${tally(form, answers)}, ${words} word${words === 1 ? "" : "s"}`;

const sorted = (v) => Array.isArray(v) ? `[${v.map(sorted)}]` : v && typeof v == "object"
  ? `{${Object.keys(v).sort().map((key) => `${JSON.stringify(key)}:${sorted(v[key])}`)}}` : JSON.stringify(v);

// SHA-256 as FIPS 180-4 gives it: the browser's own cannot be had at once, nor on a page without https.
const ROOTS = (() => {
  const primes = [], cut = (root) => (root - Math.floor(root)) * 2 ** 32 | 0;
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  return { of2: primes.slice(0, 8).map((n) => cut(Math.sqrt(n))), of3: primes.map((n) => cut(Math.cbrt(n))) };
})();
function sha256(bytes) {
  const blocks = bytes.length + 72 >> 6, padded = new DataView(new ArrayBuffer(blocks << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32((blocks << 6) - 8, bytes.length / 2 ** 29);
  padded.setUint32((blocks << 6) - 4, bytes.length << 3);
  const turn = (x, n) => x >>> n | x << 32 - n, words = new Int32Array(64), state = Int32Array.from(ROOTS.of2);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < 64; i++) {
      const [x, y] = [words[i - 15], words[i - 2]];
      words[i] = i < 16 ? padded.getInt32((block << 6) + 4 * i)
        : words[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + words[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROOTS.of3[i] + words[i] | 0;
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
  }
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

// See answer_versions.py
const encoded = (value) => new TextEncoder().encode(sorted(value));
const randomLetters = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const versionId = ({ ancestors, instance, saved_at = "", salt = "", answers }) =>
  sha256(encoded([ancestors?.[0] ?? "", instance, saved_at, salt, answers]));
const lineOf = (...versions) => [...new Set([...versions.map(versionId), ...versions.flatMap(({ ancestors }) => ancestors ?? [])])].slice(0, 20);
const lineage = (filled) => isBlank(filled.answers) ? [] : lineOf(filled);
const descends = (a, b) => !!a.ancestors?.includes(versionId(b)) || !!a.window && a.window === b.window && a.rev > b.rev;
const differ = (a, b) => sorted(a.answers) !== sorted(b.answers);

// By descent, then the time saved.
export function isNewer(a, b) {
  if (descends(a, b) || descends(b, a)) return descends(a, b);
  const [one, other] = [a.saved_at ?? "", b.saved_at ?? ""];
  return one > other || one === other && a.rev > b.rev;
}

export function receipt(filled) {
  let bits = parseInt(filled.salt ? versionId(filled).slice(0, 5) : "0", 16);
  if (!filled.salt) {
    let crc = -1;
    for (const byte of encoded([filled.instance, filled.answers])) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    bits = ~crc >>> 12;
  }
  const letter = (shift) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(bits >>> shift) & 31];
  return `${filled.country || "CASE"}-${[15, 10, 5, 0].map(letter).join("")}`;
}

const shown = (field, value) => {
  if (isBlank(value)) return "No answer yet";
  const labels = new Map(field.choices);
  return [value].flat().map((v) => labels.get(v) ?? v).join("; ");
};

const readable = (fields, answers, scope) => [...relevantFields(fields, scope)].map((field) => {
  const value = answers[field.name];
  if (field.type !== "repeat" || isBlank(value)) return [field.label, shown(field, value)];
  const rows = value.map((row, i) => [`${field.row} ${i + 1}`, row]).filter(([, row]) => !isBlank(row));
  return [field.label, rows.map(([name, row]) => [name, readable(field.fields, row, { ...scope, ...row })])];
});

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);
// Paragraphs: whatever a program's style does, no answer comes to lie beside another question.
const asHtml = (lines, row = "") => lines.map(([label, value]) => `<p dir="auto"><strong>${escaped(row + label)}</strong></p>` +
  (typeof value == "string" ? `<blockquote dir="auto">${escaped(value).replaceAll("\n", "<br>")}</blockquote>`
    : value.map(([name, inside]) => asHtml(inside, `${row}${name}: `)).join(""))).join("");
const asLines = (lines, indent = "") => lines.flatMap(([label, value]) => typeof value == "string"
  ? [`${indent}${label}: ${value.replaceAll("\n", `\n${indent}  `)}`]
  : [`${indent}${label}:`, ...asLines(value, indent + "  ")]);

export function mimeBundle(form, filled) {
  const lines = readable(form.fields, filled.answers, filled.answers);
  const code = isBlank(filled.answers) ? "" : ` · receipt ${receipt(filled)}`;
  const state = `${filled.author.name} · ${tally(form, filled.answers)}${code}`;
  return {
    [FORM]: form,
    [ANSWERS]: filled,
    "text/html": `<p><strong>${escaped(form.title)}</strong><br>${escaped(state)}</p>${asHtml(lines)}`,
    "text/plain": [form.title, state, ...asLines(lines)].join("\n"),
  };
}

export const emptyPayload = ({ form, version, instance, seminar, country, author, subject }) => ({
  form, form_version: version, instance, rev: 0, seminar, country, author, answers: {}, saved_at: "", ...(subject && { subject }),
});

// The copy of the answers is where clearing the outputs does not reach.
export function fillCell(cell, form, filled) {
  cell.metadata.seminarkit = { form, ...(!isBlank(filled.answers) && { answers: filled }) };
  cell.outputs = [{ output_type: "display_data", metadata: {}, data: mimeBundle(form, filled) }];
}

// Earlier versions are not in the database of drafts: a page of an older pack opens that under its old number.
const WINDOW = randomLetters(), MOST = 10;
const databases = {}, inMemory = {};
const store = async (name, table, mode, work) => {
  databases[name] ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(table);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const doing = (await databases[name]).transaction(table, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    let result;
    work(doing.objectStore(table), (value) => (result = value));
    doing.oncomplete = () => resolve(result);
    doing.onabort = doing.onerror = () => reject(doing.error);
  });
};
const inDrafts = (mode, work) => store("seminarkit", "drafts", mode, work);
const inEarlier = (mode, work) => store("seminarkit-earlier", "versions", mode, work);
const keyOf = (filled) => `${filled.form}:${filled.instance}`;

const readDraft = (form) => inDrafts("readonly", (drafts, give) => {
  drafts.get(keyOf(form)).onsuccess = (event) => give(event.target.result?.filled);
}).catch(() => undefined);

// Gives back another window's answers instead of writing over them, unless these were made from them. `passed` holds
// the ids of versions that are kept as earlier ones already.
const writeDraft = (filled, passed) => inDrafts("readwrite", (drafts, give) => {
  drafts.get(keyOf(filled)).onsuccess = ({ target: { result: other } }) =>
    other && other.window !== WINDOW && !isBlank(other.filled.answers) && differ(other.filled, filled)
      && !descends(filled, other.filled) && !passed.has(versionId(other.filled)) ? give(other.filled)
      : drafts.put({ window: WINDOW, filled }, keyOf(filled));
});

const readEarlier = (form) => inEarlier("readonly", (all, give) => {
  all.get(keyOf(form)).onsuccess = (event) => give(event.target.result ?? []);
}).catch(() => inMemory[keyOf(form)] ?? []);

// Keeps a version that was saved, sent or replaced, and returns the last of them, the newest first. `apart`: written
// beside the draft of another window; of these the last one stays.
const keepEarlier = (filled, why, apart = false) => {
  const key = keyOf(filled), id = versionId(filled), added = (list = []) => {
    const sent = why !== "replaced" || list.some((each) => each.sent && versionId(each.filled) === id);
    const again = (each) => apart && each.apart && each.filled.window === filled.window;
    const others = list.filter((each) => versionId(each.filled) !== id && (each.sent || differ(each.filled, filled) && !again(each)));
    return [{ why, sent, filled, apart }, ...others].slice(0, MOST);
  };
  return inEarlier("readwrite", (all, give) => {
    all.get(key).onsuccess = ({ target: { result } }) => { const list = added(result); all.put(list, key); give(list); };
  }).catch(() => inMemory[key] = added(inMemory[key]));
};

// What a form opens with: of the host's answers and this browser's draft the newer. The other one is kept.
export async function toOpen(form, held) {
  const draft = await readDraft(form), isDraft = !!draft && isNewer(draft, held);
  const filled = isDraft ? draft : held, other = isDraft ? held : draft;
  const apart = other && !isBlank(other.answers) && differ(filled, other) && !descends(filled, other);
  return { filled, other, isDraft, earlier: apart ? await keepEarlier(other, "replaced") : await readEarlier(form) };
}

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  node.append(...children.flat().filter((child) => child != null));
  return node;
};
const button = (text, onclick, kind) => el("button", { type: "button", class: kind, onclick }, text);
const enter = (node) => (node.querySelector("input, textarea, select, button") ?? node).focus();
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const timestamp = () => new Date().toISOString().slice(0, 19) + "Z";
const moment = (time) => new Date(time).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
// Without blanks; `was` leads from a question's earlier name to the one it has.
const cleaned = (value, was = {}) => Array.isArray(value)
  ? value.slice(0, value.findLastIndex((row) => !isBlank(row)) + 1).map((row) => cleaned(row, was))
  : value && typeof value == "object"
    ? Object.fromEntries(Object.entries(value).filter(([, v]) => !isBlank(v)).map(([k, v]) => [Object.hasOwn(was, k) ? was[k] : k, cleaned(v, was)]))
    : value;
// See renamed_questions.py
export const carriedOver = (form, filled) => {
  const answers = cleaned(filled.answers, form.was);
  return form.was && differ({ answers }, filled) ? { ...filled, answers, rev: filled.rev + 1, ancestors: lineage(filled) } : filled;
};

// Nothing but the web: an address of another kind is left out.
const leadsTo = (url, words, about) => /^https?:\/\//.test(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": about && `${words}: ${about}` }, words) : null;

// What is known stands below a note; more than a few lines are folded.
const drawNote = ({ label, lines = [] }) => {
  const list = el("ul", {}, lines.map(({ text, links }) => el("li", {}, text, links.flatMap(([words, url]) => [" ", leadsTo(url, words)]))));
  return lines.length > 5 ? el("details", {}, el("summary", {}, `${label} (${lines.length})`), list) : [el("p", {}, label), lines[0] && list];
};

// Draws the form into `root`. `host` says where the words go:
//   keep(filled)   takes every change, at once
//   kept(time)     the sentence once the draft is written, until the next change
//   unkept         the sentence where this browser keeps no drafts
//   heading        the tag of the title; actions: buttons at the end; note: a line below them
// `opened` is what toOpen found.
export function mount(root, form, opened, host) {
  let filled, values, drawn, ancestors, listed = "", earlier = opened.earlier;
  const passed = new Set(opened.other ? [versionId(opened.other)] : []);
  const touched = new Set(), asked = new Set();
  const uid = `sk-${form.instance}-${Math.random().toString(36).slice(2, 7)}`;
  const bar = el("progress", { "aria-label": "Questions answered" }), count = el("strong"), code = el("b");
  const open = el("summary"), list = el("ol"), gapBox = el("details", {}, open, list);
  const status = el("p", { class: "sk-status", role: "status" }), choice = el("p"), back = el("p");
  const olderCount = el("summary"), olderList = el("ol"), older = el("details", { class: "sk-earlier" }, olderCount, olderList);
  const body = el("div");
  const heard = new Set([KEEPING]);
  let where, keptAt, both = "";
  const say = (text, ...buttons) => {
    // read out once, not after every word
    status.ariaLive = heard.has(text) ? "off" : "polite";
    write(status, text);
    choice.replaceChildren(...buttons);
  };
  // Where the words are now. What else stands there is not pushed away.
  const tell = (before) => { if (status.textContent === before) { say(where = host.kept(keptAt)); heard.add(where); } };

  function changed() {
    filled = { ...filled, answers: cleaned(values), rev: filled.rev + 1, saved_at: timestamp(), salt: randomLetters(), window: WINDOW, ancestors };
    host.keep(filled);
    refresh();
    keepDraft();
  }

  // One write at a time; what is typed meanwhile goes with the next. Resolves when all is written.
  let writing = Promise.resolve();
  const keepDraft = () => {
    const sent = filled;
    say(KEEPING, ...(both ? choice.children : []));
    return writing = writing.then(() => sent === filled && writeOnce(sent)).catch(() => say(host.unkept));
  };

  async function writeOnce(sent) {
    const other = await writeDraft(sent, passed);
    both = "";
    if (other) {
      if (!isBlank(sent.answers)) earlier = await keepEarlier(sent, "replaced", true);
      both = inMemory[keyOf(sent)] ? host.unkept
        : `Both are kept (this one at ${clock()}): opened anew, the form shows one, and has the other under “Earlier versions”.`;
      return choose("This form is open in another window too, and was changed there.", "the other window", other);
    }
    keptAt = clock();
    // not between two letters: it would flicker
    setTimeout(() => sent === filled && tell(KEEPING), 300);
  }

  // Asks which of two versions counts; the other one is kept.
  function choose(words, where, other) {
    say(words = `${words} ${both}`.trim(),
      button(`Use the version of ${where}`, () => use(other, filled)), button("Use the version shown here", () => use(filled, other)));
    heard.add(words);
  }

  // Goes on with one version instead of another, which can be brought back. What comes is made from both.
  async function use(winner, loser, words = "") {
    const keeping = !isBlank(loser.answers) && differ(winner, loser) ? keepEarlier(loser, "replaced") : earlier;
    passed.add(versionId(loser));
    touched.clear();
    asked.clear();
    const ours = { author: filled.author, rev: Math.max(winner.rev, loser.rev) + 1 };
    show(isBlank(loser.answers) || descends(winner, loser) ? winner
      : { ...winner, ...ours, saved_at: timestamp(), salt: randomLetters(), window: WINDOW, ancestors: lineOf(winner, loser) });
    host.keep(filled);
    earlier = await keeping;
    drawEarlier();
    await keepDraft();
    if (words) say(words);
  }

  function drawEarlier() {
    const list = earlier.filter((each) => versionId(each.filled) !== versionId(filled)), [last] = list;
    const bring = (each) => use(each.filled, filled, `You go on with the version of ${moment(each.filled.saved_at)}.`);
    const size = (each) => extent(form, each.filled.answers);
    back.replaceChildren(...(last?.why !== "replaced" || last !== earlier[0] ? [] : last.apart
      ? [`What was written in another window is kept too (${size(last)}). `, button("Go on with that", () => bring(last))]
      : [`The version before has ${size(last)}. `, button("Go back to what was here", () => bring(last))]));
    older.hidden = !list.length;
    write(olderCount, `Earlier versions (${list.length})`);
    olderList.replaceChildren(...list.map((each) => el("li", {},
      `${each.filled.saved_at ? moment(each.filled.saved_at) : "Time not known"}: ${size(each)}, ${each.apart ? "written in another window" : WHY[each.why]}${each.sent ? `, receipt ${receipt(each.filled)}` : ""}. `,
      button("Bring this back", () => bring(each), "sk-link"))));
  }

  function refresh() {
    const answers = filled.answers, done = progress(form, answers), gaps = new Map(done.gaps.map((gap) => [gap.path, gap.message]));
    for (const { field, path, store, scope, node, input, error, counter } of drawn) {
      node.hidden = !isRelevant(field, scope());
      const message = gaps.get(path), wrong = message && (asked.has(path) || touched.has(path) && message !== MISSING);
      if (error) {
        write(error, wrong ? message : "");
        if (!input.matches("fieldset")) input.setAttribute("aria-invalid", !!wrong);
      }
      if (counter) {
        const words = wordsIn(store[field.name]), most = field.max_words;
        write(counter, `${words} of ${most} words` + (words > most ? ": a little long, you may leave it so" : ""));
      }
    }
    bar.max = done.total || 1;
    bar.value = done.answered;
    write(count, `${done.answered} of ${done.total} answered`);
    const isSent = earlier.some((each) => each.sent && versionId(each.filled) === versionId(filled));
    write(code, isBlank(answers) ? "" : `${isSent ? "Receipt" : "Version"} ${receipt(filled)}`);
    gapBox.hidden = !done.gaps.length;
    write(open, `${done.gaps.length} still open`);
    if (listed !== (listed = JSON.stringify(done.gaps)))
      list.replaceChildren(...done.gaps.map((gap) => el("li", {}, button(gap.label, () => jump(gap.path), "sk-link"), ` ${gap.message}`)));
  }

  function jump(path) {
    const { node, input } = drawn.find((each) => each.path === path);
    asked.add(path);
    refresh();
    node.scrollIntoView({ block: "center" });
    enter(input);
  }

  function drawField(field, store, prefix, scope) {
    const path = prefix + field.name, id = `${uid}-${path.replaceAll(".", "-")}`;
    const keep = (input) => (drawn.push({ field, path, store, scope, ...input }), input.node);
    const line = (kind, text) => el("p", { class: `sk-${kind}`, id: `${id}-${kind}` }, text);
    const hint = field.hint && line("hint", field.hint);
    const example = field.example && el("details", { class: "sk-example" }, el("summary", {}, "An example, made up"), el("p", { dir: "auto" }, field.example));
    if (field.type === "note") return keep({ node: el("div", { class: "sk-note" }, drawNote(field)) });
    if (field.type === "group")
      return keep({ node: el("section", { "aria-labelledby": id }, el(`h${Number(host.heading[1]) + 1}`, { id }, field.label), hint, example,
        field.fields.map((inner) => drawField(inner, store, prefix, scope))) });
    const error = line("error"), counter = field.max_words && line("count");
    const about = { "aria-describedby": [hint, error, counter].flatMap((each) => each?.id ?? []).join(" ") };
    const star = field.required ? el("span", { class: "sk-need" }, " (needed)") : null;
    const set = (value) => { store[field.name] = value; changed(); };
    // where people differ, each answer stands here to be taken
    const offers = field.offers?.map(([who, words, given]) => el("blockquote", { dir: "auto" }, words, el("p", {}, `${who}: `,
      button("Take this answer", () => { set(structuredClone(given)); draw(); root.querySelector(`#${id}, #${id}-0`).focus(); }, "sk-link"))));
    // after the click that took the focus: what appears here must not move the button from under it
    const touch = () => { touched.add(path); setTimeout(refresh, 250); };
    const fieldset = (kind, ...inside) => {
      const left = ({ relatedTarget }) => input.contains(relatedTarget) || touch();
      const input = el("fieldset", { class: kind, ...about, onfocusout: left }, el("legend", {}, field.label, star), hint, example, offers, ...inside, error);
      return keep({ node: input, input, error });
    };
    if (field.type === "repeat") return fieldset("sk-repeat", drawRows(field, store, path, scope));
    const many = field.type === "select_multiple", value = store[field.name] ?? "";
    if (many || field.type === "select_one" && field.choices.length <= 7) {
      const boxes = field.choices.map(([name, label], i) => [
        el("input", { type: many ? "checkbox" : "radio", name: id, id: `${id}-${i}`, value: name, checked: [value].flat().includes(name), onchange: () => { touched.add(path); set(picked()); } }), label]);
      const picked = () => { const on = boxes.filter(([box]) => box.checked).map(([box]) => box.value); return many ? on : on[0] ?? ""; };
      const clear = many ? null : button("Clear this answer", () => { for (const [box] of boxes) box.checked = false; set(""); boxes[0][0].focus(); }, "sk-link sk-clear");
      return fieldset("sk-choices", boxes.map(([box, label]) => el("div", {}, box, el("label", { for: box.id, dir: "auto" }, label), leadsTo(field.links?.[box.value], "Open", label))), clear);
    }
    const common = { id, ...about, dir: "auto", "aria-required": !!field.required, onfocusout: touch };
    const typed = ({ target: { value: text } }) => set(field.type === "integer" && /^-?\d{1,15}$/.test(text) ? Number(text) : text);
    const input = field.type === "select_one"
      ? el("select", { ...common, onchange: typed }, el("option", { value: "" }, "Choose …"), field.choices.map(([name, label]) => el("option", { value: name }, label)))
      : field.appearance === "multiline" ? el("textarea", { ...common, rows: field.max_words <= 40 ? 2 : 4, maxlength: 50000, oninput: typed })
        : el("input", { ...common, maxlength: 50000, oninput: typed, type: "text", inputmode: field.type === "integer" ? "numeric" : field.appearance || null });
    input.value = value;
    return keep({ node: el("div", { class: "sk-field" }, el("label", { for: id }, field.label, star), hint, example, offers, input, counter, error), input, error, counter });
  }

  function drawRows(field, store, path, scope) {
    const rows = store[field.name] = rowsOf(store[field.name]), least = Math.max(field.min, 1);
    while (rows.length < least) rows.push({});
    const box = el("div"), removed = el("p", { role: "status" });
    const more = button(`Add: ${field.row}`, () => { rows.push({}); redraw(); enter(box.lastChild); });
    const remove = (i) => {
      const [row] = rows.splice(i, 1);
      changed();
      redraw();
      more.focus();
      if (!isBlank(row)) removed.append(`${field.row} ${i + 1} is removed. `, button("Put it back", () => { rows.splice(i, 0, row); changed(); redraw(); }));
    };
    const drawThem = () => {
      drawn = drawn.filter((each) => !each.path.startsWith(`${path}.`));
      removed.replaceChildren();
      box.replaceChildren(...rows.map((row, i) => el("fieldset", { class: "sk-row" },
        el("legend", {}, `${field.row} ${i + 1}`),
        field.fields.map((inner) => drawField(inner, row, `${path}.${i}.`, () => ({ ...filled.answers, ...row }))),
        rows.length > least ? button(`Remove ${field.row} ${i + 1}`, () => remove(i), "sk-link") : null)));
      more.hidden = rows.length >= field.max;
    };
    const redraw = () => { drawThem(); refresh(); };
    drawThem();
    return [box, removed, more];
  }

  // What was opened, saved or sent is a version; what is written from now on descends from it.
  const settle = (version, before) => { ancestors = before ? lineOf(version, before) : lineage(version); };

  async function sent(version, why) {
    settle(version);
    earlier = await keepEarlier(version, why);
    refresh();
    drawEarlier();
  }

  function show(other, before) {
    filled = carriedOver(form, other);
    settle(filled, before);
    values = structuredClone(filled.answers);
    draw();
    drawEarlier();
  }

  function draw() {
    drawn = [];
    body.replaceChildren(...form.fields.map((field) => drawField(field, values, "", () => filled.answers)));
    refresh();
  }

  root.replaceChildren(el("div", { class: "sk-form", lang: form.lang },
    el(host.heading, {}, form.title),
    form.intro && el("p", {}, form.intro),
    form.remarks && el("section", { class: "sk-remarks" }, el("strong", {}, "The organisers ask"), form.remarks.map((text) => el("p", { dir: "auto" }, text))),
    el("dl", { class: "sk-head" }, form.header.map(([term, text]) => el("div", {}, el("dt", {}, term), el("dd", { dir: "auto" }, text)))),
    el("div", { class: "sk-progress", role: "region", "aria-label": "Where you are" },
      el("p", {}, bar, count, code), gapBox, status, choice, back),
    body, host.actions && el("p", { class: "sk-actions" }, host.actions), host.note && el("p", { class: "sk-hint" }, host.note), older));
  show(opened.filled, opened.other && descends(opened.filled, opened.other) && opened.other);
  const left = back.hasChildNodes() && earlier[0].apart ? "as one of two windows left them" : "as you left them";
  say(isBlank(filled.answers) ? "Nothing written yet." : `Your answers are here ${left}.`);
  return {
    use, choose, say, sent, tell: () => keptAt && tell(where),
    get filled() { return filled; },
    // A host hands over what it holds again and again: only newer answers count. Gives whether those here are.
    offer(other) {
      if (versionId(other) === versionId(filled)) return false;
      if (!isNewer(other, filled)) return true;
      const before = filled;
      show(other, descends(other, before) && before);
      if (!isBlank(before.answers) && differ(other, before) && !descends(other, before))
        keepEarlier(before, "replaced").then((list) => { earlier = list; drawEarlier(); });
      return false;
    },
  };
}
