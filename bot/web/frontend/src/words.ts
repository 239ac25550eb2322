// What the widget says, in Chinese and English.

const WORDS = {
  name: ["关答政策助手", "Guanda policy assistant"],
  open: ["打开政策助手", "Open the policy assistant"],
  close: ["关闭", "Close"],
  fresh: ["新对话", "New conversation"],
  log: ["对话记录", "Conversation"],
  you: ["您", "You"],
  assistant: ["关答", "Guanda"],
  input: ["输入问题", "Your question"],
  placeholder: ["例如：高级认证企业有哪些优惠？", "For example: what benefits do AEO companies get?"],
  send: ["发送", "Send"],
  waiting: ["正在查询政策文件…", "Looking it up…"],
  welcome: [
    "您好。请直接用自己的话提问，我只用政策原文回答，并给出出处和效力。原文没有的，我会直说。",
    "Hello. Ask in your own words. I answer only from the documents, with source and validity. What is not in them, I say so.",
  ],
  failed: ["没有收到回答，请重试。", "No answer came back. Please try again."],
  slow: ["提问太快了，请过 {seconds} 秒再试。", "Too many questions. Please try again in {seconds} s."],
  unanswered: ["这个问题还没有得到回答。", "This question has not been answered yet."],
  retry: ["重试", "Try again"],
  forgotten: [
    "之前的对话仍可查看，但助手已不记得其中的条件；接着问时，请把条件再说一遍。",
    "You can read what was said before, but the assistant no longer knows the facts in it; please repeat them when you go on.",
  ],
  sources: ["依据", "Sources"],
  more: ["另有 {count} 条依据", "{count} more sources"],
  quote: ["条文原文", "Text of the provision"],
  no_number: ["无文号", "no number"],
  judged: ["效力按 {date} 判断", "Validity as of {date}"],
  until: ["{start} 至 {end}", "{start} to {end}"],
  since: ["{start} 起", "from {start}"],
  up_to: ["至 {end}", "until {end}"],
  in_force: ["现行有效", "In force"],
  not_yet_in_force: ["尚未施行", "Not yet in force"],
  expired: ["已失效", "Expired"],
  repealed: ["已废止", "Repealed"],
  draft: ["征求意见稿", "Draft"],
  unknown: ["效力待核实", "To be verified"],
  exempt: ["不予处罚", "No penalty"],
  not_exempt: ["不符合免罚条件", "Not exempt from penalty"],
  eligible: ["符合条件", "Eligible"],
  not_eligible: ["不符合条件", "Not eligible"],
  needs_facts: ["还需要补充信息", "More facts are needed"],
  decision: ["判断过程", "How it was decided"],
  facts: ["理解到的事实", "Facts as understood"],
  tests: ["逐项核对", "Tests"],
  missing: ["还缺少", "Still missing"],
  met: ["符合", "met"],
  not_met: ["不符合", "not met"],
  follows: ["结论", "it follows"],
  yes: ["是", "yes"],
  no: ["否", "no"],
  suggestions: ["可以继续问", "You may go on with"],
  expand: ["展开全文", "Show all"],
  fold: ["收起", "Show less"],
  copy: ["复制回答和出处", "Copy the answer with its source"],
  copied: ["已复制", "Copied"],
  not_copied: ["无法复制，请手动选择文字", "Could not copy; please select the text"],
  up: ["有帮助", "Helpful"],
  down: ["没有帮助", "Not helpful"],
  comment: ["补充说明（可不填）", "Anything to add (optional)"],
  submit: ["提交", "Submit"],
  thanks: ["谢谢，已记录。", "Thank you, it has been recorded."],
} as const;

export type Key = keyof typeof WORDS;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

/** The wording in a language: Chinese for any zh, English for all others. */
export function sayer(language: string): Say {
  const column = isChinese(language) ? 0 : 1;
  return (key, values = {}) =>
    WORDS[key][column].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export function isChinese(language: string): boolean {
  return language.toLowerCase().startsWith("zh");
}

export function isKey(key: string): key is Key {
  return Object.hasOwn(WORDS, key);
}
