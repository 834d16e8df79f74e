// One task a page: header with at most three actions, body, and a fixed footer where something is sent.
import { type ReactNode, useEffect, useRef } from "react";
import { PracticeMark } from "./chip.tsx";
import styles from "./page.module.css";

interface Props {
  title: string;
  /** Stands for the title, such as a field in which it is changed. */
  heading?: ReactNode;
  /** 16 px, for pages whose body begins with a sentence in 20 px. */
  lesser?: boolean;
  /** Stands after the title in grey. */
  aside?: ReactNode;
  /** Something on this page was made up for practice. */
  practice?: boolean;
  actions?: ReactNode;
  footer?: ReactNode;
  /** The page arranges its own scrolling and its own regions for F6, as the results do. */
  bare?: boolean;
  /** The body may be longer than the window and hold nothing that takes the focus: it is a stop, so that keys scroll it. */
  reading?: boolean;
  children: ReactNode;
}

export function Page(props: Props) {
  const { title, heading, lesser, aside, practice, actions, footer, bare, reading, children } = props;
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · Tabane`;
  }, [title]);
  // What had the focus may have gone with the page before: the keyboard then starts in the page, not in the column.
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.page}>
      <header className={bare ? `${styles.head} ${styles.ruled}` : styles.head} data-region tabIndex={-1}>
        <h1 className={lesser ? styles.lesser : undefined} title={title}>
          {heading ?? title}
        </h1>
        {aside && <span className={styles.aside}>{aside}</span>}
        {practice && <PracticeMark />}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <main
        className={bare ? styles.bare : styles.body}
        ref={main}
        data-region={bare ? undefined : true}
        tabIndex={reading ? 0 : -1}
        id="main"
      >
        {children}
      </main>
      {footer && (
        <footer className={styles.foot} data-region tabIndex={-1}>
          {footer}
        </footer>
      )}
    </div>
  );
}

/** The two lines of a footer and its buttons, the primary one last. */
export function Foot({ lead, rest, children }: { lead: ReactNode; rest?: ReactNode; children: ReactNode }) {
  return (
    <>
      <div>
        {lead}
        {rest && <div className="xs quiet">{rest}</div>}
      </div>
      <div className={styles.actions}>{children}</div>
    </>
  );
}
