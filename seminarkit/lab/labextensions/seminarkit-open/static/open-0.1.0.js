// What 'seminar open' adds to JupyterLab for its run: no kernel before it is needed, a list of tasks that is never
// stale, and nothing around a form that a participant need not see. Made by hand like the form's own extension.
(() => {
  const START = "start.ipynb";
  const style = `
    .jp-NotebookPanel :is(.jp-InputPrompt, .jp-OutputPrompt, .jp-Collapser, .jp-Notebook-footer,
      .jp-collapseHeadingButton, .jp-InternalAnchorLink, .jp-OutputArea-promptOverlay),
    .jp-CodeCell:has(.sk-host) > .jp-Cell-inputWrapper { display: none; }
    .jp-Notebook.jp-Notebook { background: var(--jp-layout-color1); }
    .jp-Notebook.jp-Notebook .jp-Cell { max-width: 46rem; margin: 0 auto; box-sizing: border-box; }
    .jp-Notebook.jp-Notebook .jp-MarkdownCell { box-shadow: none; }
    .jp-Notebook.jp-Notebook .jp-RenderedMarkdown { border: 0; padding: 0 5px; }
    .jp-Notebook.jp-Notebook .jp-RenderedMarkdown li ul { margin-bottom: 1em; }`;

  // The single-letter commands of Lab act on a whole cell: "m" makes text of a form, "x" cuts it.
  const keepLetters = (event) => {
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    const named = event.key.length > 1; // arrows, Tab, Enter
    if (!chord && !named && event.target.closest?.(".jp-Notebook.jp-mod-commandMode")) event.stopPropagation();
  };

  // A notebook is opened without a kernel; the first Run starts it.
  const startKernelsLate = (registry, tracker) => {
    const ask = registry.getKernelPreference.bind(registry);
    registry.getKernelPreference = (...which) => {
      const told = ask(...which);
      return told && { ...told, shouldStart: false };
    };
    tracker.widgetAdded.connect(async (_, panel) => {
      const session = panel.sessionContext;
      await session.ready;
      session.kernelPreference = { ...session.kernelPreference, shouldStart: true };
    });
  };

  // The list is made anew on disk at each save; whoever comes back to it sees that. It has nothing to save.
  const readListAgain = (tracker) => tracker.currentChanged.connect(async (_, panel) => {
    if (!panel || panel.context.path !== START) return;
    panel.toolbar.hide();
    await panel.context.ready;
    await panel.context.revert();
  });

  // A page works in a tab of its own; Lab would show it without its script.
  const pagesInOwnTab = (base) => (event) => {
    const link = event.target.closest?.(".jp-NotebookPanel a");
    const path = link && (link.dataset.commandlinkerArgs || link.getAttribute("href") || "");
    const name = path?.match(/([^/"=]+\.html)/)?.[1];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    window.open(`${base}files/${name}`, "_blank", "noopener");
  };

  const activate = (app, tracker) => {
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    window.addEventListener("keydown", keepLetters, true);
    window.addEventListener("click", pagesInOwnTab(app.serviceManager.serverSettings.baseUrl), true);
    startKernelsLate(app.docRegistry, tracker);
    readListAgain(tracker);
    app.restored.then(() => {
      app.shell.collapseLeft();
      app.shell.collapseRight();
      for (const side of ["left", "right"]) {
        if (app.shell.isSideTabBarVisible(side)) app.shell.toggleSideTabBarVisibility(side);
      }
    });
  };

  let shared;
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["seminarkit-open"] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const { INotebookTracker } = (await Object.values(shared["@jupyterlab/notebook"])[0].get())();
      const plugin = { id: "seminarkit-open:plugin", autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
