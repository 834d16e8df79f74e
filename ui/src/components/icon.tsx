// Lucide at 16 px, stroke 1.5. An icon always stands beside a word or in a button that has a name.
import type { LucideIcon } from "lucide-react";
import styles from "./icon.module.css";

export function Icon({
  of: Drawing,
  small,
  className,
}: {
  of: LucideIcon;
  small?: boolean;
  className?: string;
}) {
  const names = [styles.icon, small && styles.small, className].filter(Boolean).join(" ");
  return <Drawing aria-hidden="true" strokeWidth={1.5} className={names} />;
}
