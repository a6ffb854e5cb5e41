/** The product's mark: a screen that sends waves far away. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#b3261e" />
    <path d="M9 10.5v11l8.5-5.5z" fill="#fff" />
    <path
      d="M20 11a7 7 0 0 1 0 10M23 8a11.3 11.3 0 0 1 0 16"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </svg>
);
