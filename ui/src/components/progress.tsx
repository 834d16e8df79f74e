// Progress always has words beside it.
import styles from "./progress.module.css";

export function Progress({ value, total, label }: { value: number; total: number; label: string }) {
  const share = total > 0 ? Math.min(100, (100 * value) / total) : 0;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
    >
      <span style={{ width: `${share}%` }} />
    </div>
  );
}
