/** The launcher's own styles, in a shadow root: nothing of the site reaches in, nothing of ours leaks out. */
export const STYLES = `
:host { all: initial !important; }
.launcher {
  position: fixed; bottom: 24px; z-index: 2147483000; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 50%;
  background: #2563eb; color: #fff; cursor: pointer; box-shadow: 0 4px 12px rgb(17 24 39 / 25%);
  transition: background-color 150ms, transform 150ms;
}
.launcher:hover { background: #1d4ed8; transform: scale(1.04); }
.launcher:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 3px; }
.launcher svg { display: block; margin: auto; }
.right .launcher { right: 24px; } .left .launcher { left: 24px; }
.label {
  position: fixed; bottom: 36px; z-index: 2147483000; padding: 8px 14px; border-radius: 9999px; background: #fff; color: #1f2937;
  font: 500 14px/1.4 system-ui, sans-serif; box-shadow: 0 2px 8px rgb(17 24 39 / 18%); pointer-events: none; white-space: nowrap;
}
.right .label { right: 94px; } .left .label { left: 94px; }
.badge {
  position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; box-sizing: border-box; padding: 0 5px; border-radius: 11px;
  background: #dc2626; color: #fff; font: 600 12px/22px system-ui, sans-serif; text-align: center;
}
.pulse::after {
  content: ""; position: absolute; inset: 0; border-radius: 50%; box-shadow: 0 0 0 0 rgb(37 99 235 / 50%); animation: pulse 2s ease-out 3;
}
@keyframes pulse { to { box-shadow: 0 0 0 18px rgb(37 99 235 / 0%); } }
.frame {
  position: fixed; bottom: 24px; z-index: 2147483001; width: 380px; height: min(640px, calc(100vh - 48px)); border: 0; border-radius: 16px;
  background: Canvas; box-shadow: 0 8px 24px rgb(17 24 39 / 14%), 0 24px 64px rgb(17 24 39 / 18%); color-scheme: normal;
  animation: open 300ms cubic-bezier(0.2, 0.8, 0.2, 1);
}
.right .frame { right: 24px; } .left .frame { left: 24px; }
@keyframes open { from { opacity: 0; transform: translateY(16px) scale(0.98); } }
@media (max-width: 767px) { .frame, .right .frame, .left .frame { inset: 0; width: 100%; height: 100%; border-radius: 0; } }
@media (prefers-reduced-motion: reduce) { .frame, .pulse::after { animation: none; } .launcher { transition: none; } }
@media print { :host { display: none; } }
[hidden] { display: none !important; }
`;
