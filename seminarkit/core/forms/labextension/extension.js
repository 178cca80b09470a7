// Shows a form in JupyterLab 4 and Notebook 7: a MIME renderer that draws the form from the cell's output and writes
// the answers back into that output. It needs no kernel and no trust, and no bundler: this is the container that
// Lab's module federation asks for, by hand.
(() => {
  const here = document.currentScript.src, version = here.match(/extension-(.*)\.js/)[1];
  const beside = (name) => new URL(`${name}?kit=${version}`, here);
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside("form.css") }));
  // Lab would float the terms above the questions, and break them after every third letter
  const terms = ".sk-host .sk-form :is(dt, dd) { float: none; width: auto; }";
  document.head.append(Object.assign(document.createElement("style"), { textContent: terms }));
  // The single-letter commands of Lab and Notebook would act on the notebook: "d d" deletes the form. Chords such as
  // Ctrl+S are theirs to answer, but Ctrl+Enter would run the cell under the person's hands. Notebook listens at the
  // document before the event comes down, so it is stopped above that; typing and Tab work without listeners.
  window.addEventListener("keydown", (event) => {
    const chord = (event.ctrlKey || event.metaKey) && event.key !== "Enter";
    if (!chord && event.target.closest?.(".sk-host")) event.stopPropagation();
  }, true);
  // Lab's dialogs take the focus, such as that of a save that failed: from somebody who is typing they would take the
  // words, too. The dialog stands there all the same, and has the focus once two seconds went by without a letter.
  let typed = 0, field;
  window.addEventListener("input", (event) => {
    if (event.target.closest?.(".sk-host")) [typed, field] = [Date.now(), event.target];
  }, true);
  window.addEventListener("focus", (event) => {
    if (Date.now() - typed > 2000 || !field.isConnected || !document.querySelector(".jp-Dialog")) return;
    event.stopImmediatePropagation(); // the dialog would call it back
    if (event.target !== field) field.focus();
  }, true);
  const save = navigator.platform.startsWith("Mac") ? "Cmd+S" : "Ctrl+S";
  let shared;

  const fromLab = async (name) => {
    const version = Object.values(shared[name])[0];
    return (await version.get())();
  };

  const rendererClass = (Widget, kit) => class extends Widget {
    constructor() {
      super();
      this.addClass("sk-host");
    }

    async renderModel(model) {
      this.model = model;
      // a widget's view (widget.py): the form is drawn from the output above it, and needs no second one
      if (!model.data[kit.FORM]) return void this.hide();
      const form = model.data[kit.FORM], held = () => this.model.data[kit.ANSWERS] ?? kit.emptyPayload(form);
      if (this.instance === form.instance) return void (this.view?.offer(held()) && this.keep(form, this.view.filled));
      this.instance = form.instance;
      // what the output lost, by Clear or by Run, the cell's metadata may still hold
      await null; // until this output is in its cell
      const copy = this.cell()?.getMetadata("seminarkit")?.answers;
      const start = copy?.instance === form.instance && kit.isNewer(copy, held()) ? copy : held();
      const opened = await kit.toOpen(form, start);
      this.view = kit.mount(this.node, form, opened, {
        heading: "h2",
        keep: (filled) => this.keep(form, filled),
        kept: (time) => `In this notebook since ${time}. Save it with ${save} before you close it.`,
        unkept: `In this notebook. Save it with ${save} before you close it.`,
        note: "Clearing the outputs does not delete your answers: the notebook keeps a copy of them.",
      });
      if (opened.filled !== held()) this.keep(form, opened.filled);
    }

    keep(form, filled) {
      const { data, metadata } = this.model;
      this.model.setData({ data: { ...data, ...kit.mimeBundle(form, filled) }, metadata });
      const cell = this.cell();
      cell?.setMetadata("seminarkit", { ...cell.getMetadata("seminarkit"), answers: filled });
    }

    // The model of the cell that this output belongs to; none where Lab shows an output by itself.
    cell() {
      let widget = this.parent;
      while (widget && !widget.model?.setMetadata) widget = widget.parent;
      return widget?.model;
    }
  };

  const extension = async () => {
    const [{ Widget }, kit] = await Promise.all([fromLab("@lumino/widgets"), import(beside("form.js"))]);
    const Renderer = rendererClass(Widget, kit);
    return {
      id: "seminarkit:form",
      dataType: "json",
      rank: -20, // before the view of a widget
      rendererFactory: { safe: true, mimeTypes: [kit.FORM, "application/vnd.seminarkit.widget.v1+json"], createRenderer: () => new Renderer() },
    };
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.seminarkit = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const plugin = await extension();
      // Voilà has no file to write the answers into: there the widget is what draws the form
      return () => ({ __esModule: true, default: document.body.dataset.voila ? [] : plugin });
    },
  };
})();
