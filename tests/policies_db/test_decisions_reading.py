"""A broken rule file is an error that names the file, the row and what is wrong."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from policies_db.decisions import RuleError, load_rules, source_text
from policies_db.decisions.figures import read_figure
from policies_db.decisions.reading import RULES
from tests.policies_db.rules import RULES as LOADED

QUOTE = "且欠缴时间在6个月以内的，可按规定免缴相应滞纳金"
GOOD = f"""
id: sample
title: 样例
title_en: Sample
topic: sample
documents: [cq-2022-107-fdi]
validity: {{from: start}}
figures:
  start: {{printed: 2023年, at: 三（四）10, quote: 从2023年开始}}
  period: {{printed: 6个月, at: 三（四）12, quote: {QUOTE}}}
facts:
  overdue:
    {{type: months, label: 欠缴时间, label_en: overdue, ask: 欠缴了多久？, ask_en: How long}}
  foreign:
    {{type: bool, label: 外资, values: {{yes: 外资, no: 内资}}, ask: 外资吗？, ask_en: F,
      label_en: origin, values_en: {{yes: foreign, no: domestic}}}}
rows:
  - id: in_time
    when: {{foreign: yes, overdue: "<= period"}}
    outcome: exempt
    at: 三（四）12
    quote: {QUOTE}
    because: 欠缴{{overdue}}，在{{period}}以内。
    because_en: Overdue for {{overdue}}, within {{period}}.
  - id: late
    when: {{overdue: "> period"}}
    outcome: not_exempt
    at: 三（四）12
    quote: {QUOTE}
    because: 太晚。
    because_en: Too late.
otherwise:
  {{outcome: not_exempt, at: 三（四）12, quote: {QUOTE}, because: 不适用。, because_en: No.}}
notes: [请核对。]
notes_en: [Please check.]
openings: [{", ".join(f"问法{n}" for n in range(15))}]
"""


def load(folder: Path, text: str) -> None:
    (folder / "sample.yml").write_text(text, encoding="utf-8")
    load_rules(source_text, folder)


def test_the_sample_itself_is_good(tmp_path):
    load(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{foreign: yes, overdue", "{colour: yes, overdue", "row in_time: no fact 'colour'"),
        ('"<= period"', '"<= perod"', "row in_time: no figure 'perod'"),
        ('"<= period"', '"<= 6"', "row in_time: no figure '6'; figures of a rule stand beside"),
        ('"<= period"', '"period"', "row in_time: no comparison in 'period'"),
        ('"<= period"', '"<= start"', "row in_time: 'overdue' is in months, 2023年 in date"),
        ("type: months", "type: weeks", "fact overdue: type 'weeks' is not one of"),
        ("printed: 6个月", "printed: 5个月", "figure period: 5个月 is not in the quote"),
        ("printed: 6个月", "printed: 6个月以内", "figure period: unknown unit '个月以内'"),
        (f"at: 三（四）12, quote: {QUOTE}}}\nfacts", f"at: 三（四）99, quote: {QUOTE}}}\nfacts",
         "figure period: no provision '三（四）99' in cq-2022-107-fdi"),
        ("documents: [cq-2022-107-fdi]", "documents: [no-such]",
         "figure start: no provision '三（四）10' in no-such"),
        (f"quote: {QUOTE}\n    because: 太晚。", "quote: 免缴一切费用\n    because: 太晚。",
         "row late: not in cq-2022-107-fdi 三（四）12: 免缴一切费用"),
        ("outcome: exempt", "outcome: maybe", "row in_time: outcome 'maybe' is not one of"),
        ("{period}以内。", "{perod}以内。", "row in_time: the text names 'perod'"),
        ('{overdue: "> period"}', '{overdue: "<= period"}',
         "row late: overlaps with row in_time, which has another outcome"),
        ('{overdue: "> period"}', '{overdue: [">= period", "< period"]}',
         "row late: unreachable"),
        ("id: late", "id: in_time", "row in_time: the id is taken"),
        ("{foreign: yes, overdue", "{foreign: maybe, overdue", "is no value of 'foreign'"),
        ("values: {yes: 外资, no: 内资}", "values: {yes: 外资}",
         "fact foreign: a bool needs the wording of yes and of no"),
        ("ask: 外资吗？, ask_en: F,", "", "fact foreign: a row tests it, but nothing asks for it"),
        ("rows:", "rules:", "file: unknown key rules"),
        ("label: 外资,", "label: 外资, reserve: yes,", "`reserve` needs a value of its own"),
        ("label: 外资,", "label: 外资, cues: {yes: ['(']},", "fact foreign: bad pattern '('"),
        ("问法0, ", "", "openings: fewer than 15 opening phrases"),
        ("facts:\n", "facts:\n  spare: {type: text, label: x, label_en: x, ask: y, ask_en: y}\n",
         "fact spare: no row uses it"),
        ("label: 欠缴时间,", "label: 欠缴时间, from: [{by: magic, of: [foreign]}],",
         "fact overdue: no way 'magic'"),
        ("label_en: overdue, ", "", "fact overdue: no `label_en`, the English of `label`"),
        (", ask_en: How long", "", "fact overdue: no `ask_en`"),
        (", ask_en: How long", ", ask_en: How long, why: 因为, why_en: How long",
         "fact overdue: `why_en` only repeats `ask_en`"),
        ("label: 欠缴时间,", "label: 欠缴时间, why_en: Because,",
         "fact overdue: `why_en` stands without `why`"),
        (", no: domestic", "", "fact foreign: `values_en` has not the keys of `values`"),
        ("label: 外资,", "label: 外资, reserve: yes, unless: 是外资。,",
         "fact foreign: no `unless_en`"),
        ("    because_en: Too late.\n", "", "row late: no `because_en`"),
        (", because_en: No.", "", "row otherwise: no `because_en`"),
        ("within {period}.", "within 6 months.",
         "row in_time: `because_en` and `because` name different values: overdue and overdue, "),
        ("notes_en: [Please check.]\n", "", "notes: no `notes_en`"),
        ("[Please check.]", "[One., Two.]", "notes: `notes_en` has not as many entries"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, message):
    assert old in GOOD
    with pytest.raises(RuleError) as error:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert str(error.value).startswith("sample.yml, ")
    assert message in str(error.value)


def test_cases_that_no_row_covers_are_an_error(tmp_path):
    text = re.sub(r"otherwise:\n.*\n", "", GOOD)
    with pytest.raises(RuleError, match="rows: a case is left that no row applies to"):
        load(tmp_path, text)


def test_a_row_covered_by_those_above_is_unreachable(tmp_path):
    extra = f"""  - id: again
    when: {{foreign: no, overdue: "> period"}}
    outcome: not_exempt
    at: 三（四）12
    quote: {QUOTE}
    because: 又一次。
    because_en: Once more.
otherwise"""
    with pytest.raises(RuleError, match="row again: unreachable"):
        load(tmp_path, GOOD.replace("otherwise", extra, 1))


def test_yaml_that_cannot_be_read_names_the_file(tmp_path):
    with pytest.raises(RuleError, match=r"^sample\.yml, file: "):
        load(tmp_path, "id: [")


@pytest.mark.parametrize(
    ("printed", "kind", "value"),
    [
        ("人民币100万元", "yuan", Decimal(1_000_000)),
        ("30%", "ratio", Decimal(30)),
        ("六个月", "months", Decimal(6)),
        ("两年", "months", Decimal(24)),
        ("3个自然月", "months", Decimal(3)),
        ("1000万美元", "usd", Decimal(10_000_000)),
        ("90日", "days", Decimal(90)),
        ("2024年2月1日", "date", date(2024, 2, 1)),
        ("2023年", "date", date(2023, 1, 1)),
        ("十二个月", "months", Decimal(12)),
    ],
)
def test_figures_are_read_as_printed(printed, kind, value):
    assert read_figure(printed) == (kind, value)


def test_every_rule_file_is_loaded_and_has_its_own_phrasings():
    assert set(LOADED) == {path.stem for path in RULES.glob("*.yml")}
    phrasings = [phrase for rule in LOADED.values() for phrase in rule.openings]
    assert len(phrasings) == len(set(phrasings))
    for path in RULES.glob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == path.stem


def test_every_rule_is_listed_in_the_docs():
    listed = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
    for path in RULES.glob("*.yml"):
        assert f"| `{path.stem}` |" in listed
