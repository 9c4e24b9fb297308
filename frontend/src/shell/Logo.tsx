export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" width={32} height={32} aria-hidden>
      <rect width="32" height="32" rx="9" fill="currentColor" />
      <path d="M9 9v7.5a7 7 0 0 0 14 0V9" fill="none" stroke="var(--on-primary)" strokeWidth="3.4" strokeLinecap="round" />
      <circle cx="16" cy="14.5" r="2.2" fill="var(--on-primary)" />
    </svg>
  );
}
