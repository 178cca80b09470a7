// The page's side of a form. It stands behind form.js in one inline module (topics/packs/form_page.py), and
// behind online.js where the page stands on a server, so their names are at hand.

const notebook = JSON.parse(document.getElementById("notebook").textContent);
const cellOf = (book) => book.cells.find((cell) => cell.metadata.seminarkit);
const chooser = el("input", { type: "file", accept: ".ipynb", hidden: true, onchange: () => continueFrom(chooser.files[0]) });
// where this page may be a preview inside another program: it may neither keep drafts nor save files
const framed = self !== top, apart = self.origin === "null" && location.protocol !== "file:";
const ownForm = cellOf(notebook).metadata.seminarkit.form;
const told = JSON.parse(document.getElementById("line")?.textContent ?? "null");
const line = told && lineToServer(told, () => view);
let view;

const host = (form) => ({
  heading: "h1",
  keep: (filled) => line?.keep(filled),
  kept: (time) => line ? line.kept(time) : `Kept on this computer at ${time}. Not sent yet: save your file and send it.`,
  unkept: "This browser keeps no drafts. Save your file before you close this page.",
  actions: [
    ...(line ? [button("Submit", () => line.submit(), "sk-main")] : []),
    button("Save my file", () => saveFile(form), line ? "" : "sk-main"),
    button("Open a file I saved before", () => chooser.click()),
    button("Copy my answers", () => copyAnswers(form)),
    chooser,
  ],
});

const toBegin = cellOf(notebook).outputs[0]?.data[ANSWERS]; // what came before, where a question goes back

async function show(form = ownForm, filled = toBegin ?? emptyPayload(form)) {
  const opened = await toOpen(form, filled), main = document.getElementById("form");
  view = mount(main, form, opened, host(form));
  if (framed || apart) main.prepend(el("p", { class: "sk-remarks", role: "alert" }, framed
    ? "This is a preview inside another program. It may lose what you write. Save this page as a file, and open that with Chrome, Edge, Firefox or Safari."
    : "This page keeps no drafts here. Press “Save my file” before you close it, or open the page from your own disk."));
  // stands as long as the form is a colleague's
  if (form.instance !== ownForm.instance) main.prepend(el("p", { class: "sk-remarks" }, `This is the form of ${form.author.name}, not your own. `,
    button("Go back to my own form", () => show())));
  document.title = `${form.title} – ${form.author.name}`;
  line?.opened(opened);
}

function saveFile(form) {
  const filled = view.filled, copy = structuredClone(notebook), cell = cellOf(copy);
  fillCell(cell, form, filled);
  const name = form.file + (progress(form, filled.answers).gaps.length ? "-draft" : "") + ".ipynb";
  const link = el("a", { download: name, href: URL.createObjectURL(new Blob([JSON.stringify(copy, null, 1) + "\n"])) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  view.sent(filled, "saved");
  view.say(`Your browser now saves ${name}, with receipt ${receipt(filled)}. Look in your folder of downloads, and send the file as the page says above.`);
}

// The answers as text for a mail: to read, and once more in a block that topics/intake/pasted_answers.py reads.
function pastedText(form, filled) {
  const bytes = new TextEncoder().encode(JSON.stringify(filled));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return [
    mimeBundle(form, filled)["text/plain"], "",
    "Please leave what follows as it is: it holds the same answers for the organisers' program.",
    "-----BEGIN SEMINAR ANSWERS-----", `Receipt: ${receipt(filled)}`, "",
    ...btoa(binary).match(/.{1,64}/g), "-----END SEMINAR ANSWERS-----", "",
  ].join("\n");
}

async function copyAnswers(form) {
  const text = pastedText(form, view.filled), code = receipt(view.filled);
  view.sent(view.filled, "copied");
  try {
    await navigator.clipboard.writeText(text);
    view.say(`Your answers were copied, with receipt ${code}. Paste them into a mail, and send it as the page says above.`);
  } catch {
    const area = el("textarea", { rows: 6, readonly: true, "aria-label": "Your answers as text" });
    area.value = text;
    view.say("Copy the text below (Ctrl+C) and paste it into a mail.", area);
    area.select();
  }
}

const isVersion = (found, form) =>
  found?.form === form.form && found.subject === form.subject && /^[0-9a-f]{16}$/.test(found.instance) && Number.isInteger(found.rev) &&
  [found.country, found.seminar, found.author?.id, found.author?.name].every((text) => typeof text == "string") &&
  [found.saved_at, found.salt, found.window].every((text) => text === undefined || typeof text == "string") &&
  (found.ancestors === undefined || Array.isArray(found.ancestors) && found.ancestors.every((id) => /^[0-9a-f]{64}$/.test(id))) &&
  found.answers && typeof found.answers == "object" && !Array.isArray(found.answers);

// Looks for this form in a notebook: its newest answers, in the outputs or in the copy beside them, and its definition.
// What does not have their shape is passed over.
function findIn(book, form) {
  const cells = (Array.isArray(book?.cells) ? book.cells : []).filter((cell) => cell && typeof cell == "object");
  const data = cells.flatMap((cell) => (Array.isArray(cell.outputs) ? cell.outputs : [])).map((output) => output?.data ?? {});
  const ours = cells.map((cell) => cell.metadata?.seminarkit ?? {});
  const forms = [...ours.map((each) => each.form), ...data.map((each) => each[FORM])].filter((each) => each?.form === form.form && each.subject === form.subject);
  const versions = [...data.map((each) => each[ANSWERS]), ...ours.map((each) => each.answers)].filter((each) => isVersion(each, form));
  const own = versions.filter((each) => each.instance === view.filled.instance), among = own.length ? own : versions;
  const version = among.length ? among.reduce((best, each) => isNewer(each, best) ? each : best) : undefined;
  return { version, isEmpty: version ? isBlank(version.answers) : forms.length > 0, header: forms.find((each) => each.instance === version?.instance)?.header };
}

// Answers of whatever kind, so that none is written over unasked; people are told what the form's bar tells.
const given = (v) => Array.isArray(v) && v.some((row) => row && typeof row == "object") || v && typeof v == "object" && !Array.isArray(v)
  ? Object.values(v).reduce((sum, each) => sum + given(each), 0) : +!isBlank(v);

const whyUnread = (name, text) => !/\.ipynb$/i.test(name) ? "is not a saved form. Choose the file whose name ends in .ipynb."
  : !text.trim() ? "is empty. Take another copy of the file, or save it anew."
  : /^\s*\{/.test(text) ? "is cut off or damaged: it begins as a saved form does, and its end cannot be read. Take another copy of the file, or save it anew."
    : "is not a saved form, though its name ends in .ipynb. Take another copy of the file, or save it anew.";

const keepWhatIsHere = () => button("Keep what is here", () => view.say("Nothing was changed."));

async function continueFrom(file) {
  chooser.value = "";
  const { name } = file, text = await file.text().catch(() => "");
  let found;
  try {
    found = findIn(JSON.parse(text), ownForm);
  } catch {
    return view.say(`${name} ${whyUnread(name, text)} Nothing was changed.`);
  }
  const { version: other, isEmpty, header } = found;
  if (isEmpty) return view.say(`${name} is the empty form; nothing was changed.`);
  if (!other) return view.say(`${name} holds no answers to “${ownForm.title}”. Nothing was changed.`);
  if (other.instance === view.filled.instance) return useFile(name, ownForm, other);
  const whose = other.author.name;
  if (line) return view.say(`${name} is the file of ${whose}. Your link is for your own answers; nothing was changed.`);
  if (other.instance === ownForm.instance) {
    await show();
    return useFile(name, ownForm, other);
  }
  view.say(`${name} is the file of ${whose}. Go on in their name? Your own form stays as it is.`,
    button(`Go on as ${whose}`, () => goOnWithColleague(name, other, header)), keepWhatIsHere());
}

function useFile(name, form, other, called = name) {
  const before = view.filled, theirs = given(other.answers), mine = given(before.answers);
  const done = `You go on with ${called}.`, go = () => view.use(other, view.filled, done);
  if (versionId(other) === versionId(before)) return view.say(called === name ? `${name} holds what is here already.` : done);
  if (!mine || descends(other, before) && theirs >= mine) return go();
  const age = isNewer(other, before) ? "" : descends(before, other) ? "It is an earlier version of what is here. " : "It was saved before what is here. ";
  view.say(`${name}: ${extent(form, other.answers)}; here: ${extent(form, before.answers)}. ${age}Use it?`, button("Use the file", go), keepWhatIsHere());
}

async function goOnWithColleague(name, other, lines) {
  const { instance, seminar, country, author } = other;
  const header = Array.isArray(lines) ? lines.map((line) => [String(line?.[0]), String(line?.[1])]) : [["Name", author.name]];
  const stem = [author.id, ownForm.form, ownForm.subject].filter(Boolean).join("-").replace(/[^A-Za-z0-9_-]/g, "");
  const form = { ...ownForm, instance, seminar, country, author, header, file: stem };
  await show(form, emptyPayload(form));
  return useFile(name, form, other, `the file of ${author.name}`);
}

show();
