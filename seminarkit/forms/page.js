// The page's side of a form. It stands behind form.js in one inline module (prepare/page.py), and
// behind online.js where the page stands on a server, so their names are at hand.

const notebook = JSON.parse(document.getElementById("notebook").textContent);
const cellOf = (book) => book.cells.find((cell) => cell.metadata.seminarkit);
const chooser = el("input", { type: "file", accept: ".ipynb", hidden: true, onchange: () => continueFrom(chooser.files[0]) });
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
    button("Continue from a file", () => chooser.click()),
    button("Copy my answers", () => copyAnswers(form)),
    chooser,
  ],
});

const toBegin = cellOf(notebook).outputs[0]?.data[ANSWERS]; // what came before, where a question goes back

async function show(form, filled = toBegin ?? emptyPayload(form)) {
  const draft = await readDraft(form);
  view = mount(document.getElementById("form"), form, draft?.rev > filled.rev ? draft : filled, host(form));
  document.title = `${form.title} – ${form.author.name}`;
  line?.opened(draft);
}

function saveFile(form) {
  const filled = view.filled, copy = structuredClone(notebook), cell = cellOf(copy);
  cell.metadata.seminarkit = { form };
  cell.outputs = [{ output_type: "display_data", metadata: {}, data: mimeBundle(form, filled) }];
  const name = form.file + (progress(form, filled.answers).gaps.length ? "-draft" : "") + ".ipynb";
  const link = el("a", { download: name, href: URL.createObjectURL(new Blob([JSON.stringify(copy, null, 1) + "\n"])) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  view.settle(filled);
  view.say(`The file ${name} was saved at ${clock()}, with receipt ${receipt(filled)}. Send it as the page says above.`);
}

// The answers as text for a mail: to read, and once more in a block that collect/pasted.py reads.
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

// Looks for this form's answers in a notebook; what does not have their shape is passed over.
function answersIn(book, form) {
  const data = (Array.isArray(book?.cells) ? book.cells : [])
    .flatMap((cell) => (Array.isArray(cell?.outputs) ? cell.outputs : [])).map((output) => output?.data ?? {});
  return data.filter(({ [ANSWERS]: found }) =>
    found?.form === form.form && found.subject === form.subject && /^[0-9a-f]{16}$/.test(found.instance) && Number.isInteger(found.rev) &&
    [found.country, found.seminar, found.author?.id, found.author?.name].every((text) => typeof text == "string") &&
    found.answers && typeof found.answers == "object" && !Array.isArray(found.answers))
    .sort((a, b) => b[ANSWERS].rev - a[ANSWERS].rev)[0];
}

async function continueFrom(file) {
  chooser.value = "";
  const form = cellOf(notebook).metadata.seminarkit.form, before = view.filled;
  let found;
  try {
    found = answersIn(JSON.parse(await file.text()), form);
  } catch {
    return view.say(`${file.name} is not a saved form. Choose the file whose name ends in .ipynb.`);
  }
  if (!found) return view.say(`${file.name} holds no answers to “${form.title}”. Nothing was changed.`);
  const other = found[ANSWERS], back = (undo) => [button("Go back to what was here", undo)];
  if (other.instance === before.instance) {
    const rev = Math.max(other.rev, before.rev) + 1;
    await view.load({ ...other, author: before.author, rev });
    view.say(`You go on with ${file.name}.`, ...back(() => view.load({ ...before, rev: rev + 1 })));
    return;
  }
  if (line) return view.say(`${file.name} is the file of ${other.author.name}. Your link is for your own answers; nothing was changed.`);
  const { instance, seminar, country, author } = other, lines = found[FORM]?.header;
  const header = Array.isArray(lines) ? lines.map((line) => [String(line?.[0]), String(line?.[1])]) : [["Name", author.name]];
  const name = [author.id, form.form, form.subject].filter(Boolean).join("-").replace(/[^A-Za-z0-9_-]/g, "");
  await show({ ...form, instance, seminar, country, author, header, file: name }, other);
  view.say(`You go on with the file of ${author.name}.`, ...back(() => show(form)));
}

show(cellOf(notebook).metadata.seminarkit.form);
