// Shows a form where a kernel is at work: Voilà, VS Code, Colab, JupyterLab without the kit's extension. It stands behind
// form.js and online.js in one module (widget.py). The kernel writes the answers into the notebook, so a word is in it only when the
// kernel has said so; until then the browser's draft holds it.
const NEXT = 150, PATIENCE = 1500;
const save = navigator.platform.startsWith("Mac") ? "Cmd+S" : "Ctrl+S";
const AGAIN = "Run this cell again (click into it and press Shift+Enter): your words come back, and into the notebook.";
const STALE = `not in the notebook, since this page was opened anew. ${AGAIN}`;

function notebookOf(form, filled) {
  const cell = {
    cell_type: "code", id: "form", execution_count: null, source: [],
    metadata: { tags: ["seminarkit-form"] },
  };
  fillCell(cell, form, filled);
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1) + "\n";
}

async function render({ model, el: root }) {
  const form = model.get("form"), held = () => ({ ...emptyPayload(form), ...model.get("filled") });
  let timer = 0, inNotebook = held().rev, stale = false, answered = () => {};
  root.classList.add("sk-host", "sk-widget");

  const flush = () => { clearTimeout(timer); model.save_changes(); };
  const file = !document.body.dataset.voila; // Voilà shows a notebook, and saves none
  const told = model.get("line"), line = told.place === undefined ? null : lineToServer(told, () => view);
  const kept = (time) => line ? line.kept(time)
    : !file ? `Kept in this browser at ${time}. Not sent yet: save your file and send it.`
    : stale ? `Kept in this browser at ${time}, but ${STALE}`
    : inNotebook >= view.filled.rev ? `In this notebook since ${time}. Save it with ${save} before you close it.`
      : `Kept in this browser at ${time}; on its way into the notebook.`;
  const saveFile = () => {
    const name = form.file + (progress(form, view.filled.answers).gaps.length ? "-draft" : "") + ".ipynb";
    const link = el("a", { download: name, href: URL.createObjectURL(new Blob([notebookOf(form, view.filled)])) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    view.sent(view.filled, "saved");
    view.say(`Your browser now saves ${name}, with receipt ${receipt(view.filled)}. Look in your folder of downloads, and send the file as the form says above.`);
  };

  const opened = await toOpen(form, held());
  const keep = (filled) => {
    line?.keep(filled);
    model.set("filled", filled);
    clearTimeout(timer);
    timer = setTimeout(flush, NEXT);
    if (file) setTimeout(() => view.filled === filled && inNotebook < filled.rev && !stale &&
      view.say(`Kept in this browser only: the kernel does not answer. ${AGAIN}`), 10000);
  };
  const view = mount(root, form, opened, {
    heading: "h2", keep, kept,
    actions: [...(line ? [button("Submit", () => line.submit(), "sk-main")] : []), button("Save my file", saveFile)],
    unkept: `This browser keeps no drafts. Save the notebook with ${save}, or press “Save my file”.`,
    note: file && "Clearing the outputs does not delete your answers: this browser keeps a copy of them.",
  });

  const heard = (message) => {
    if (message.stale && !stale && file && view.filled.rev) view.say(`From now on your words are ${STALE}`);
    stale ||= Boolean(message.stale);
    inNotebook = message.kept ?? inNotebook;
    answered();
    view.tell();
  };
  model.on("msg:custom", heard);
  model.on("change:filled", () => view.offer(held()));
  model.send({ opened: true });
  if (opened.isDraft) keep(opened.filled);
  line?.opened(opened);

  // A chord that saves waits until the last words are in the notebook; it is then pressed again. Single letters are
  // words, not commands of the notebook.
  const keys = (event) => {
    if (!root.contains(event.target)) return;
    if (!(event.ctrlKey || event.metaKey) || event.key === "Enter") return void event.stopPropagation();
    if (event.key.toLowerCase() !== "s" || !event.isTrusted || !file || stale || inNotebook >= view.filled.rev) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, key, code, keyCode, ctrlKey, metaKey, shiftKey } = event, rev = view.filled.rev;
    const again = () => target.dispatchEvent(new KeyboardEvent("keydown", { key, code, keyCode, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true, composed: true }));
    const late = setTimeout(() => { answered = () => {}; again(); }, PATIENCE);
    // the kernel's answer follows its change of the output, on the same line
    answered = () => { if (inNotebook >= rev) { clearTimeout(late); answered = () => {}; setTimeout(again, 50); } };
    flush();
  };
  window.addEventListener("keydown", keys, true);
  window.addEventListener("pagehide", flush);
  root.addEventListener("focusout", flush);
  return () => {
    flush();
    window.removeEventListener("keydown", keys, true);
    window.removeEventListener("pagehide", flush);
    model.off("msg:custom", heard);
  };
}

export default { render };
