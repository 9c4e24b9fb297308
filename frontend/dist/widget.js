(function(){function e(e){return typeof e==`object`&&!!e&&`unobot`in e}var t={en:`Chat with us`,de:`Chatten Sie mit uns`,es:`Hable con nosotros`,fr:`Discutez avec nous`,ja:`チャットで相談`,ar:`تحدث معنا`};function n(e,t){return{side:(t??e.position)===`left`?`left`:`right`,theme:e.theme??``,language:(e.language??``).slice(0,2).toLowerCase(),siteKey:e.siteKey??``}}function r(e,n){return t[e]??t[n.slice(0,2)]??`Chat with us`}function i(e,t,n){let r=new URLSearchParams({host:n});return t.theme&&r.set(`theme`,t.theme),t.language&&r.set(`language`,t.language),t.siteKey&&r.set(`site`,t.siteKey),`${e}/widget/?${r.toString()}`}var a=`
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
`,o=`<svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-5.6A8.5 8.5 0 1 1 21 11.5z"/></svg>`,s=document.currentScript,c=new URL(s.src).origin,l=n(s.dataset,A(`side`)),u=r(l.language,navigator.language),d=document.createElement(`div`),f=d.attachShadow({mode:`closed`}),p=new CSSStyleSheet;p.replaceSync(a),f.adoptedStyleSheets=[p];var m=document.createElement(`div`),h=document.createElement(`button`),g=document.createElement(`span`),_=document.createElement(`span`),v=null,y=0;function b(){m.className=l.side,h.type=`button`,h.className=`launcher${A(`seen`)?``:` pulse`}`,h.setAttribute(`aria-label`,u),h.setAttribute(`aria-expanded`,`false`),h.innerHTML=o,g.className=`badge`,g.hidden=!0,_.className=`label`,_.textContent=u,_.setAttribute(`aria-hidden`,`true`),h.append(g),m.append(h,_),f.append(m),h.addEventListener(`click`,x),document.body.append(d)}function x(){j(`seen`,`yes`),v??(v=T()),k(0),w(!0),S()}function S(){v&&!v.hidden&&(v.focus(),E({unobot:`shown`}))}function C(){w(!1),E({unobot:`hidden`}),h.focus()}function w(e){v&&(v.hidden=!e),h.hidden=_.hidden=e,h.setAttribute(`aria-expanded`,String(e)),h.classList.remove(`pulse`)}function T(){let e=document.createElement(`iframe`);return e.className=`frame`,e.title=u,e.src=i(c,l,location.origin),e.allow=`clipboard-write`,e.setAttribute(`sandbox`,`allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads`),m.append(e),e}function E(e){v?.contentWindow?.postMessage(e,c)}function D(e){switch(e.unobot){case`ready`:return S();case`minimise`:case`close`:return C();case`message`:return v?.hidden?k(y+1):void 0;case`position`:return O(e.side)}}function O(e){l.side=e,m.className=e,j(`side`,e)}function k(e){y=e,g.hidden=e===0,g.textContent=e>9?`9+`:String(e),h.setAttribute(`aria-label`,e===0?u:`${u} (${e})`)}function A(e){try{return localStorage.getItem(`unobot.widget.${e}`)}catch{return null}}function j(e,t){try{localStorage.setItem(`unobot.widget.${e}`,t)}catch{}}window.addEventListener(`message`,t=>{t.origin===c&&t.source===v?.contentWindow&&e(t.data)&&D(t.data)}),document.body?b():document.addEventListener(`DOMContentLoaded`,b)})();