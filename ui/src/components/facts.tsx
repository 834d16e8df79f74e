// Label and value on one line each.
import { Fragment, type ReactNode } from "react";
import styles from "./facts.module.css";

export function Facts({ of }: { of: (readonly [string, ReactNode] | null | false)[] }) {
  return (
    <dl className={styles.facts}>
      {of.map((fact) =>
        fact ? (
          <Fragment key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </Fragment>
        ) : null,
      )}
    </dl>
  );
}
