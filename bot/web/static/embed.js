"use strict";(()=>{var k="guanda-session",u=class extends Error{constructor(n,o=0){super(n);this.wait=o}wait};function T(){return[...crypto.getRandomValues(new Uint8Array(12))].map(t=>t.toString(16).padStart(2,"0")).join("")}var x=class{constructor(e){this.server=e;this.elsewhere=new URL(e).origin!==location.origin}server;elsewhere;session(){return this.request("GET","/chat/session")}async say(e){return(await this.request("POST","/chat/messages",e)).turns}judge(e,n,o){return this.request("POST","/chat/feedback",{turn:e,vote:n,comment:o})}async forget(){await this.request("DELETE","/chat/session"),this.elsewhere&&localStorage.removeItem(k)}async request(e,n,o){let i=o?{"Content-Type":"application/json"}:{},r=this.elsewhere&&localStorage.getItem(k);r&&(i.Authorization=`Bearer ${r}`);let a=new AbortController,d=setTimeout(()=>a.abort(),9e4);try{let l=await fetch(this.server+n,{method:e,headers:i,body:o?JSON.stringify(o):void 0,credentials:this.elsewhere?"omit":"same-origin",signal:a.signal}),c=await l.json();if(c.token&&localStorage.setItem(k,c.token),!l.ok)throw new u(l.status===429?"":String(c.error??""),Number(l.headers.get("Retry-After")));return c}catch(l){throw l instanceof u?l:new u("")}finally{clearTimeout(d)}}};function s(t,e={},...n){let o=document.createElement(t);for(let[i,r]of Object.entries(e))typeof r=="function"?o.addEventListener(i.slice(2),r):r===!0?o.setAttribute(i,""):r!==!1&&r!=null&&o.setAttribute(i,String(r));return o.append(...n.filter(i=>!!i)),o}var B={chat:"M4 5h16v11H9l-5 4z",close:"M6 6l12 12M18 6L6 18",copy:"M9 9h11v11H9zM5 15H4V4h11v1",down:"M7 14V4h10l3 10h-6l1 6-2 1-5-7zM3 4h4v10H3z",fresh:"M12 5v14M5 12h14",send:"M4 12l16-8-5 16-4-6z",up:"M7 10v10h10l3-10h-6l1-6-2-1-5 7zM3 10h4v10H3z"};function f(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(e,"svg");n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden","true");let o=document.createElementNS(e,"path");return o.setAttribute("d",B[t]),n.append(o),n}function h(t,e,n){return s("button",{type:"button",class:"icon","aria-label":e,title:e,onclick:n},f(t))}var H={name:["关答政策助手","Guanda policy assistant"],open:["打开政策助手","Open the policy assistant"],close:["关闭","Close"],fresh:["新对话","New conversation"],log:["对话记录","Conversation"],you:["您","You"],assistant:["关答","Guanda"],input:["输入问题","Your question"],placeholder:["例如：高级认证企业有哪些优惠？","For example: what benefits do AEO companies get?"],send:["发送","Send"],waiting:["正在查询政策文件…","Looking it up…"],welcome:["您好。请直接用自己的话提问，我只用政策原文回答，并给出出处和效力。原文没有的，我会直说。","Hello. Ask in your own words. I answer only from the documents, with source and validity. What is not in them, I say so."],failed:["没有收到回答，请重试。","No answer came back. Please try again."],slow:["提问太快了，请过 {seconds} 秒再试。","Too many questions. Please try again in {seconds} s."],unanswered:["这个问题还没有得到回答。","This question has not been answered yet."],retry:["重试","Try again"],forgotten:["之前的对话仍可查看，但助手已不记得其中的条件；接着问时，请把条件再说一遍。","You can read what was said before, but the assistant no longer knows the facts in it; please repeat them when you go on."],sources:["依据","Sources"],more:["另有 {count} 条依据","{count} more sources"],quote:["条文原文","Text of the provision"],no_number:["无文号","no number"],judged:["效力按 {date} 判断","Validity as of {date}"],until:["{start} 至 {end}","{start} to {end}"],since:["{start} 起","from {start}"],up_to:["至 {end}","until {end}"],in_force:["现行有效","In force"],not_yet_in_force:["尚未施行","Not yet in force"],expired:["已失效","Expired"],repealed:["已废止","Repealed"],draft:["征求意见稿","Draft"],unknown:["效力待核实","To be verified"],exempt:["不予处罚","No penalty"],not_exempt:["不符合免罚条件","Not exempt from penalty"],eligible:["符合条件","Eligible"],not_eligible:["不符合条件","Not eligible"],needs_facts:["还需要补充信息","More facts are needed"],decision:["判断过程","How it was decided"],facts:["理解到的事实","Facts as understood"],tests:["逐项核对","Tests"],missing:["还缺少","Still missing"],met:["符合","met"],not_met:["不符合","not met"],follows:["结论","it follows"],yes:["是","yes"],no:["否","no"],suggestions:["可以继续问","You may go on with"],expand:["展开全文","Show all"],fold:["收起","Show less"],copy:["复制回答和出处","Copy the answer with its source"],copied:["已复制","Copied"],not_copied:["无法复制，请手动选择文字","Could not copy; please select the text"],up:["有帮助","Helpful"],down:["没有帮助","Not helpful"],comment:["补充说明（可不填）","Anything to add (optional)"],submit:["提交","Submit"],thanks:["谢谢，已记录。","Thank you, it has been recorded."]};function P(t){let e=S(t)?0:1;return(n,o={})=>H[n][e].replace(/\{(\w+)\}/g,(i,r)=>String(o[r]??""))}function S(t){return t.toLowerCase().startsWith("zh")}function g(t){return Object.hasOwn(H,t)}var I=3,G=160;function A(t,e,n){if(!t.citations.length)return null;let o=t.citations.map((r,a)=>J(r,a===0,e,n)),i=o.splice(I);return s("div",{class:t.kind==="comparison"?"sources side":"sources",role:"group","aria-label":e("sources")},...o,i.length>0&&s("details",{class:"rest"},s("summary",{},e("more",{count:i.length})),...i),s("p",{class:"small"},e("judged",{date:t.as_of})))}function J(t,e,n,o){let i=L(t.url,o.server),r=[t.number??n("no_number"),t.article,t.issuer].filter(Boolean).join(" · ");return s("article",{class:"citation"},s("h4",{lang:"zh-CN"},i?s("a",{href:i,target:o.apart?"_blank":null,rel:"noopener"},t.title):t.title),s("p",{class:"small",lang:"zh-CN"},r),s("p",{class:"small"},U(t.status,n)," ",E(t,n)),s("details",{open:e&&t.quote.length<=G},s("summary",{},n("quote")),s("blockquote",{lang:"zh-CN"},t.quote)))}function U(t,e){return s("span",{class:`badge ${g(t)?t:"unknown"}`},g(t)?e(t):t)}function E(t,e){let n=t.effective_from,o=t.effective_to;return n&&o?e("until",{start:n,end:o}):n?e("since",{start:n}):o?e("up_to",{end:o}):""}function L(t,e){if(!t)return null;let n=new URL(t,e);return n.origin===new URL(e).origin?n.href:null}var _=/——不符合/,z=/——符合/;function N(t,e,n){let o=Object.entries(t.facts).map(([i,r])=>[e[i]??i,r]);return s("div",{class:"decision",role:"group","aria-label":n("decision")},s("p",{class:`outcome ${t.outcome}`},g(t.outcome)?n(t.outcome):t.outcome),...M(n("facts"),o.length>0&&s("dl",{},...o.flatMap(([i,r])=>F(i,r,n)))),...M(n("tests"),t.reasons.length>0&&s("ul",{class:"tests"},...t.reasons.map(i=>Y(i,n)))),...M(n("missing"),t.missing.length>0&&s("ul",{},...t.missing.map(i=>s("li",{},e[i]??i)))))}function R(t){let e=t.card?.decision;if(!e)return t.text;let n=Object.entries(e.facts).map(([r,a])=>`${t.labels?.[r]??r}：${String(a)}`),o=e.reasons.filter(r=>_.test(r)||z.test(r)),i=r=>o.includes(r.replace(/^· /,""))||n.length>0&&n.every(a=>r.includes(a));return t.text.split(`
`).filter(r=>!i(r)).join(`
`)||t.text}function M(t,e){return e?[s("h4",{},t),e]:[]}function F(t,e,n){return[s("dt",{},t),s("dd",{},W(e,n))]}function W(t,e){return typeof t=="boolean"?e(t?"yes":"no"):typeof t=="number"?t.toLocaleString():typeof t=="string"?t:JSON.stringify(t)}function Y(t,e){let[n,o]=_.test(t)?["✗","not_met"]:z.test(t)?["✓","met"]:["→","follows"];return s("li",{class:o},s("span",{class:"sign","aria-hidden":"true"},n),s("span",{class:"unseen"},`${e(o)}: `),t)}function O(t,e,n,o){let i=s("span",{class:"small",role:"status"}),r=s("div",{class:"tools"}),a=s("div",{class:"comment"}),d=p=>i.textContent=e(p),l=h("copy",e("copy"),async()=>{d(await Z(X(t,e,n))?"copied":"not_copied")}),c=["up","down"].map(p=>{let m=h(p,e(p),()=>C(p));return m.setAttribute("aria-pressed",String(t.vote===p)),m});async function C(p,m=""){try{await o(t.id,p,m)}catch{d("failed");return}t.vote=p,c.forEach((w,V)=>w.setAttribute("aria-pressed",String(V===0==(p==="up")))),m?(a.replaceChildren(),l.focus(),d("thanks")):(a.replaceChildren(Q(t.id,e,w=>C(p,w))),d("thanks"))}return r.append(l,...t.card?.kind==="smalltalk"?[]:c,i),s("div",{},r,a)}function Q(t,e,n){let o=s("textarea",{id:`comment-${t}`,rows:2,maxlength:1e3});return s("form",{onsubmit:r=>{r.preventDefault(),o.value.trim()&&n(o.value.trim())}},s("label",{for:`comment-${t}`},e("comment")),o,s("button",{type:"submit"},e("submit")))}function X(t,e,n){let o=t.card;if(!o)return t.text;let i=o.citations.map(r=>{let a=r.number?`（${r.number}）`:"",d=g(r.status)?e(r.status):r.status;return[`「${r.quote}」`,`——《${r.title}》${a}${r.article}`,[r.issuer,d,E(r,e)].filter(Boolean).join(" · "),L(r.url,n.server)].filter(Boolean).join(`
`)});return[o.answer,...i,i.length?e("judged",{date:o.as_of}):""].filter(Boolean).join(`

`)}async function Z(t){try{return await navigator.clipboard.writeText(t),!0}catch{return ee(t)}}function ee(t){let e=s("textarea",{readonly:!0,"aria-hidden":"true"}),n=document.activeElement;e.value=t,document.body.append(e),e.select();let o=document.execCommand("copy");return e.remove(),n?.focus(),o}var te=500;function q(t,e,n,o){if(t.role==="user")return b("user",e("you"),t.text);let i=R(t),r=b(`assistant kind-${t.card?.kind??"text"}`,e("assistant"),i);ne(r,i,e),t.card?.decision&&r.append(N(t.card.decision,t.labels??{},e));let a=t.card&&A(t.card,e,n);return a&&r.append(a),r.append(O(t,e,n,o)),r}function b(t,e,n){return s("article",{class:`turn ${t}`},s("h3",{class:"unseen"},e),s("p",{class:"words"},n))}function ne(t,e,n){if(e.length<=te)return;let o=t.querySelector(".words"),i=s("button",{type:"button",class:"link","aria-expanded":"false"},n("expand"));o?.classList.add("folded"),i.addEventListener("click",()=>{let r=o?.classList.toggle("folded")??!1;i.setAttribute("aria-expanded",String(!r)),i.textContent=n(r?"expand":"fold")}),t.append(i)}function j(t,e,n){let o=t.card?.suggestions??[];return o.length?s("div",{class:"suggestions",role:"group","aria-label":e("suggestions")},...o.map((i,r)=>s("button",{type:"button",onclick:()=>n(r)},i.title))):null}var oe=2e3,y=class{constructor(e,n,o){this.client=e;this.say=n;this.place=o;this.log=s("div",{class:"log",role:"log","aria-label":n("log"),tabindex:0}),this.state=s("div",{class:"state",role:"status"}),this.input=s("textarea",{id:"question",rows:1,maxlength:oe,placeholder:n("placeholder"),"aria-label":n("input"),enterkeyhint:"send"}),this.input.addEventListener("keydown",r=>this.typed(r)),this.send=s("button",{type:"submit",class:"send","aria-label":n("send"),title:n("send")},f("send"));let i=s("form",{class:"ask"},this.input,this.send);i.addEventListener("submit",r=>{r.preventDefault(),this.submit()}),this.element=s("div",{class:"conversation"},this.log,this.state,i)}client;say;place;element;log;state;input;send;busy=!1;started=!1;async start(){if(!this.started){this.started=!0,this.log.setAttribute("aria-busy","true"),this.greet();try{let{turns:e,remembered:n}=await this.client.session();this.add(e),this.askAgain(e.at(-1)),e.length&&!n&&this.note(this.say("forgotten")),this.log.scrollTop=this.log.scrollHeight}catch{this.note(this.say("failed"))}this.log.removeAttribute("aria-busy")}}async restart(){if(!this.busy){try{await this.client.forget()}catch{this.note(this.say("failed"));return}this.log.replaceChildren(),this.greet(),this.focus()}}focus(){this.input.focus()}greet(){this.log.append(b("assistant",this.say("assistant"),this.say("welcome")))}typed(e){e.key==="Enter"&&!e.shiftKey&&!e.isComposing&&e.keyCode!==229&&(e.preventDefault(),this.submit())}submit(){let e=this.input.value.trim();!e||this.busy||(this.input.value="",this.ask({key:T(),text:e},e))}async ask(e,n){this.log.querySelectorAll(".suggestions, .failure").forEach(i=>i.remove());let o=b("user",this.say("you"),n);this.log.append(o),await this.exchange(e,o)}async exchange(e,n){this.wait(!0),this.reveal(n);try{let o=await this.client.say(e);this.add(o.filter(i=>i.role!=="user"))}catch(o){this.fail(o,()=>{this.exchange(e,n)})}this.wait(!1),this.reveal(n)}add(e){for(let i of e)this.log.append(q(i,this.say,this.place,(...r)=>this.client.judge(...r)));let n=e.at(-1),o=n&&j(n,this.say,i=>this.choose(n,i));o&&this.log.append(o)}choose(e,n){if(this.busy)return;this.focus();let o=e.card?.suggestions?.[n]?.title??"";this.ask({key:T(),turn:e.id,choice:n},o)}askAgain(e){let n=this.log.lastElementChild;if(e?.role!=="user"||!e.key)return;let o={key:e.key,text:e.text};this.offerRetry(this.say("unanswered"),()=>{this.exchange(o,n)})}fail(e,n){let o=e instanceof u?e:new u(""),i=o.wait?this.say("slow",{seconds:o.wait}):o.message||this.say("failed");this.offerRetry(i,n)}offerRetry(e,n){let o=s("div",{class:"failure",role:"alert"},s("p",{},e)),i=s("button",{type:"button"},this.say("retry"));i.addEventListener("click",()=>{o.remove(),this.focus(),n()}),o.append(i),this.log.append(o)}note(e){this.log.append(s("p",{class:"note"},e))}wait(e){this.busy=e,this.send.disabled=e,this.state.replaceChildren(...e?[s("span",{class:"dots","aria-hidden":"true"},s("i"),s("i"),s("i")),this.say("waiting")]:[])}reveal(e){this.log.scrollTop=e.offsetTop-this.log.offsetTop-8}};var K=`:host {
  --ground: #fff;
  --sheet: #f4f6f9;
  --ink: #1b2430;
  --soft: #51606f;
  --line: #cfd6de;
  --brand: #0b5c8f;
  --on-brand: #fff;
  --good: #11653a;
  --good-ground: #e1f4e8;
  --bad: #a3201d;
  --bad-ground: #fde8e6;
  --mid: #7a4b00;
  --mid-ground: #fdf0d5;
  color-scheme: light;
  font: 16px/1.65 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink);
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"])) {
    --ground: #14191f;
    --sheet: #1f262e;
    --ink: #e8edf2;
    --soft: #a9b6c3;
    --line: #3a4551;
    --brand: #7cc4f2;
    --on-brand: #0c1a24;
    --good: #8fdcae;
    --good-ground: #17352a;
    --bad: #ffb0a9;
    --bad-ground: #442220;
    --mid: #f2cf8a;
    --mid-ground: #3d311a;
    color-scheme: dark;
  }
}
:host([theme="dark"]) {
  --ground: #14191f;
  --sheet: #1f262e;
  --ink: #e8edf2;
  --soft: #a9b6c3;
  --line: #3a4551;
  --brand: #7cc4f2;
  --on-brand: #0c1a24;
  --good: #8fdcae;
  --good-ground: #17352a;
  --bad: #ffb0a9;
  --bad-ground: #442220;
  --mid: #f2cf8a;
  --mid-ground: #3d311a;
  color-scheme: dark;
}
* {
  box-sizing: border-box;
  margin: 0;
}
[hidden] {
  display: none !important;
}
:focus-visible {
  outline: 3px solid var(--brand);
  outline-offset: 2px;
}
textarea:focus-visible {
  outline-width: 2px;
  outline-offset: 0;
}
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
button {
  font: inherit;
  color: inherit;
  background: none;
  border: 1px solid var(--line);
  border-radius: 8px;
  padding: 4px 12px;
  min-height: 36px;
  cursor: pointer;
}
button:hover {
  border-color: var(--brand);
}
button:disabled {
  opacity: 0.5;
  cursor: default;
}
.fresh {
  display: flex;
  align-items: center;
  gap: 4px;
  font-size: 0.875em;
}
.fresh svg {
  width: 16px;
  height: 16px;
}
.icon {
  border-color: transparent;
  padding: 6px;
  min-width: 36px;
  line-height: 0;
}
svg {
  width: 22px;
  height: 22px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.8;
  stroke-linejoin: round;
  stroke-linecap: round;
}
[aria-pressed="true"] {
  color: var(--on-brand);
  background: var(--brand);
}
.link {
  border: 0;
  padding: 0;
  color: var(--brand);
  text-decoration: underline;
}
.panel {
  display: flex;
  flex-direction: column;
  background: var(--ground);
  overflow: hidden;
}
:host([mode="page"]),
:host([mode="inline"]) {
  display: block;
  height: 100%;
  min-height: 320px;
}
:host([mode="page"]) .panel,
:host([mode="inline"]) .panel {
  height: 100%;
}
:host([mode="inline"]) .panel {
  border: 1px solid var(--line);
  border-radius: 12px;
}
.launcher {
  position: fixed;
  z-index: 2147483000;
  right: 20px;
  bottom: 20px;
  width: 56px;
  height: 56px;
  border: 2px solid var(--on-brand);
  border-radius: 50%;
  color: var(--on-brand);
  background: var(--brand);
  line-height: 0;
  padding: 0;
}
.panel[role="dialog"] {
  position: fixed;
  z-index: 2147483000;
  right: 20px;
  bottom: 88px;
  width: min(420px, calc(100vw - 40px));
  height: min(680px, calc(100vh - 108px));
  border: 1px solid var(--line);
  border-radius: 12px;
  box-shadow: 0 8px 32px #0005;
}
.bar {
  display: flex;
  align-items: center;
  gap: 4px;
  padding: 6px 12px;
  border-bottom: 1px solid var(--line);
}
.bar h2 {
  flex: 1;
  font-size: 1em;
}
:host([mode="page"]) .bar {
  padding: 6px max(12px, calc(50% - 400px));
  border: 0;
}
.conversation {
  flex: 1;
  min-height: 0;
  display: flex;
  flex-direction: column;
}
.log {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 16px max(12px, calc(50% - 400px));
}
.log:focus-visible {
  outline-offset: -3px;
}
.turn {
  margin-bottom: 16px;
  overflow-wrap: anywhere;
}
.words {
  white-space: pre-line;
}
.user .words {
  width: fit-content;
  max-width: 85%;
  margin-left: auto;
  padding: 8px 14px;
  border-radius: 14px 14px 2px 14px;
  color: var(--on-brand);
  background: var(--brand);
}
.assistant > .words {
  font-size: 1.06em;
}
.kind-refusal > .words,
.kind-clarify > .words,
.kind-handoff > .words {
  border-left: 4px solid var(--line);
  padding-left: 12px;
}
.folded {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 10;
  overflow: hidden;
}
.small,
.note {
  font-size: 0.875em;
  color: var(--soft);
}
.note {
  padding: 8px 0;
  text-align: center;
}
.sources {
  margin-top: 12px;
  display: grid;
  gap: 10px;
}
.citation,
.decision {
  padding: 12px 14px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--sheet);
}
.rest[open] {
  display: grid;
  gap: 10px;
}
.rest .citation {
  margin-top: 10px;
}
@media (min-width: 720px) {
  .side {
    grid-template-columns: 1fr 1fr;
  }
  .side > .rest,
  .side > .small {
    grid-column: 1 / -1;
  }
}
h4 {
  font-size: 1em;
  line-height: 1.4;
}
a {
  color: var(--brand);
}
summary {
  cursor: pointer;
  min-height: 28px;
  width: fit-content;
  color: var(--brand);
  font-size: 0.875em;
}
blockquote {
  padding-left: 12px;
  border-left: 3px solid var(--brand);
  white-space: pre-line;
}
.badge,
.outcome {
  display: inline-block;
  padding: 0 8px;
  border-radius: 6px;
  font-weight: 600;
  color: var(--mid);
  background: var(--mid-ground);
}
.in_force,
.exempt,
.eligible {
  color: var(--good);
  background: var(--good-ground);
}
.expired,
.repealed,
.not_exempt,
.not_eligible {
  color: var(--bad);
  background: var(--bad-ground);
}
.decision {
  margin-top: 12px;
}
.decision h4 {
  margin-top: 10px;
  font-size: 0.875em;
  color: var(--soft);
}
.decision ul {
  padding-left: 20px;
}
.decision .tests {
  list-style: none;
  padding: 0;
}
.tests li {
  padding-left: 26px;
  position: relative;
}
.sign {
  position: absolute;
  left: 4px;
  font-weight: 700;
}
.met .sign {
  color: var(--good);
}
.not_met .sign {
  color: var(--bad);
}
dl {
  display: grid;
  grid-template-columns: fit-content(50%) 1fr;
  gap: 2px 16px;
}
dt {
  color: var(--soft);
}
dd {
  margin: 0;
}
.suggestions {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-bottom: 16px;
}
.suggestions button {
  border-color: var(--brand);
  color: var(--brand);
  border-radius: 18px;
  text-align: left;
}
.tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px;
  margin-top: 6px;
  color: var(--soft);
}
.comment form {
  display: grid;
  gap: 6px;
  justify-items: start;
}
textarea {
  font: inherit;
  color: inherit;
  background: var(--ground);
  border: 1px solid var(--soft);
  border-radius: 10px;
  padding: 8px 12px;
  width: 100%;
  resize: none;
}
::placeholder {
  color: var(--soft);
  opacity: 1;
}
.failure {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 12px;
  margin-bottom: 16px;
  padding: 10px 14px;
  border-radius: 10px;
  color: var(--bad);
  background: var(--bad-ground);
}
.state {
  min-height: 26px;
  padding: 0 max(12px, calc(50% - 400px));
  font-size: 0.875em;
  color: var(--soft);
}
.dots i {
  display: inline-block;
  width: 6px;
  height: 6px;
  margin-right: 4px;
  border-radius: 50%;
  background: var(--soft);
  animation: blink 1.2s infinite;
}
.dots i:nth-child(2) {
  animation-delay: 0.2s;
}
.dots i:nth-child(3) {
  animation-delay: 0.4s;
}
@keyframes blink {
  50% {
    opacity: 0.2;
  }
}
.ask {
  display: flex;
  align-items: end;
  gap: 8px;
  padding: 4px max(12px, calc(50% - 400px)) 12px;
}
.ask textarea {
  flex: 1;
  min-height: 44px;
  max-height: 9em;
  field-sizing: content;
}
.send {
  width: 44px;
  height: 44px;
  padding: 0;
  line-height: 0;
  color: var(--on-brand);
  background: var(--brand);
}
@media (max-width: 480px) {
  .panel[role="dialog"] {
    inset: 0;
    width: auto;
    height: auto;
    border: 0;
    border-radius: 0;
  }
  .panel[role="dialog"]:not([hidden]) + .launcher {
    display: none;
  }
}
@media (prefers-reduced-motion: reduce) {
  .dots i {
    animation: none;
  }
}
`;var $=new URL(document.currentScript?.src??location.href).origin,v=class extends HTMLElement{connectedCallback(){if(this.shadowRoot)return;let e=this.getAttribute("mode")??"launcher",n=this.getAttribute("lang")||navigator.language,o=P(n),i=new y(new x($),o,{server:$,apart:e!=="page"}),r=new CSSStyleSheet;r.replaceSync(K);let a=this.attachShadow({mode:"open"});a.adoptedStyleSheets=[r];let d=s("button",{type:"button",class:"fresh",onclick:()=>{i.restart()}},f("fresh"),o("fresh")),l=s("div",{class:"bar"},s("h2",{},o("name")),d),c=s("section",{class:"panel","aria-label":o("name")},l,i.element);c.lang=S(n)?"zh-CN":"en",e==="launcher"?this.launch(a,c,l,o,i):(a.append(c),i.start())}launch(e,n,o,i,r){let a=s("button",{type:"button",class:"launcher","aria-label":i("open"),title:i("open"),"aria-expanded":"false","aria-controls":"panel"},f("chat")),d=l=>{n.hidden=!l,a.setAttribute("aria-expanded",String(l)),l?(r.start(),r.focus()):a.focus()};a.addEventListener("click",()=>d(n.hidden===!0)),o.append(h("close",i("close"),()=>d(!1))),n.id="panel",n.hidden=!0,n.setAttribute("role","dialog"),n.addEventListener("keydown",l=>{l.key==="Escape"&&d(!1)}),e.append(n,a)}};var re=document.currentScript;function D(){if(document.querySelector("guanda-chat"))return;let t=document.createElement("guanda-chat");for(let e of["lang","theme"]){let n=re?.dataset[e];n&&t.setAttribute(e,n)}document.body.append(t)}customElements.get("guanda-chat")||(customElements.define("guanda-chat",v),document.readyState==="loading"?document.addEventListener("DOMContentLoaded",D):D());})();
