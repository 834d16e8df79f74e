// CodeMirror for templates: known names are chips, unknown ones are underlined, `{{` offers the columns. It has no
// undo of its own: the study's undo brings the text back.
import { autocompletion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  keymap,
  MatchDecorator,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { NAME } from "../templates.ts";
import type { TemplateProps } from "./field.tsx";
import { useInserting } from "./inserting.ts";
import styles from "./template.module.css";

/** Text that came from outside, such as by undo: not to be told as typed. */
const fromOutside = Annotation.define<boolean>();

function names(known: readonly string[], unknown: string): Extension {
  const chip = Decoration.mark({ class: styles.chip });
  const wrong = Decoration.mark({ class: styles.unknown, attributes: { title: unknown } });
  const matcher = new MatchDecorator({
    regexp: new RegExp(NAME.source, "g"),
    decoration: (match) => (known.includes(match[1] ?? "") ? chip : wrong),
  });
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        decorations: matcher.createDeco(view),
        update(change: ViewUpdate) {
          plugin.decorations = matcher.updateDeco(change, plugin.decorations);
        },
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function columns(known: readonly string[]): Extension {
  const source = (context: CompletionContext) => {
    const open = context.matchBefore(/\{\{\s*[^{}\n]*/);
    if (!open) return null;
    const from = open.from + (/^\{\{\s*/.exec(open.text)?.[0].length ?? 2);
    return {
      from,
      options: known.map((label) => ({
        label,
        apply: (view: EditorView, _: unknown, start: number, end: number) => {
          // A name that is closed already stays closed once.
          const closed = /^\s*\}\}/.exec(view.state.sliceDoc(end, end + 20))?.[0].length ?? 0;
          const insert = `${label}}}`;
          view.dispatch({
            changes: { from: start, to: end + closed, insert },
            selection: { anchor: start + insert.length },
            userEvent: "input.complete",
          });
        },
      })),
      validFor: /^[^{}\n]*$/,
    };
  };
  return autocompletion({ override: [source], icons: false, defaultKeymap: false });
}

/** One line only: what is pasted loses its line breaks, Enter does nothing. */
const oneLine: Extension = [
  EditorState.transactionFilter.of((change) => {
    if (!change.docChanged || change.newDoc.lines === 1) return change;
    const breaks = Array.from({ length: change.newDoc.lines - 1 }, (_, at) => change.newDoc.line(at + 1).to);
    return [
      change,
      { changes: breaks.map((from) => ({ from, to: from + 1, insert: " " })), sequential: true },
    ];
  }),
  Prec.high(keymap.of([{ key: "Enter", run: () => true }])),
];

function appearance({ label, single, hint, testid, path }: Setup): Extension {
  return [
    single ? oneLine : EditorView.lineWrapping,
    placeholder(hint ?? ""),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-multiline": single ? "false" : "true",
      "data-testid": testid ?? "",
      "data-path": path ?? "",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
  ];
}

type Setup = Pick<TemplateProps, "label" | "single" | "hint" | "testid" | "path">;

function reading(readOnly: boolean): Extension {
  return readOnly
    ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })]
    : [];
}

/** The shortest change from one text to another, so that the cursor stays where it is. */
function difference(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** The editor in its place, kept up with what it is given. */
function useView(props: TemplateProps) {
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [parts] = useState(() => ({
    names: new Compartment(),
    look: new Compartment(),
    lock: new Compartment(),
  }));
  const inserting = useInserting();
  const { value, known, unknown, readOnly = false, label, single, hint, testid, path } = props;
  const latest = useRef({ props, inserting });
  useLayoutEffect(() => {
    latest.current = { props, inserting };
  });
  useLayoutEffect(() => {
    if (!host.current) return;
    const { props: first } = latest.current;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.value,
        extensions: [
          parts.names.of([]),
          parts.look.of(appearance(first)),
          parts.lock.of(reading(first.readOnly ?? false)),
          Prec.highest(keymap.of(completionKeymap)),
          keymap.of(standardKeymap),
          EditorView.updateListener.of((update) => {
            const { props: now, inserting: target } = latest.current;
            if (update.focusChanged && update.view.hasFocus && now.insertHere) target?.focused(update.view);
            const told = update.transactions.some((one) => one.annotation(fromOutside));
            if (update.docChanged && !told) now.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    setView(made);
    return () => made.destroy();
  }, [parts]);
  useEffect(() => {
    view?.dispatch({ effects: parts.look.reconfigure(appearance({ label, single, hint, testid, path })) });
  }, [view, parts, label, single, hint, testid, path]);
  const all = known.join("\n");
  useEffect(() => {
    const list = all.split("\n");
    view?.dispatch({ effects: parts.names.reconfigure([names(list, unknown), columns(list)]) });
  }, [view, parts, all, unknown]);
  useEffect(() => {
    view?.dispatch({ effects: parts.lock.reconfigure(reading(readOnly)) });
  }, [view, parts, readOnly]);
  useEffect(() => {
    if (!view) return;
    const before = view.state.doc.toString();
    // While Japanese is being composed the text is the input method's; it is told when it is done.
    if (before === value || view.composing) return;
    view.dispatch({ changes: difference(before, value), annotations: fromOutside.of(true), filter: false });
  }, [view, value]);
  return host;
}

export default function TemplateEditor(props: TemplateProps) {
  const host = useView(props);
  return <div ref={host} className={props.single ? `${styles.editor} ${styles.single}` : styles.editor} />;
}
