// The mark: three strips of paper, tied once. The same drawing as the app's icon, without its ground.
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="4">
        <path d="M5 4.5C6 13 11 13 11 20c0 3-.5 5.5-2 9" />
        <path d="M16 2.5v26.5" />
        <path d="M27 4.5C26 13 21 13 21 20c0 3 .5 5.5 2 9" />
      </g>
      <path d="M6.5 17.5h19v5h-19z" fill="var(--color-cord)" />
    </svg>
  );
}
