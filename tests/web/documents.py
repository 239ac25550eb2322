"""A small policy database: a document in force, one that has expired, a draft, a hostile one."""

from __future__ import annotations

import datetime

from policies_db.engine import engine_for, session_for
from policies_db.models import (
    Alias,
    Base,
    Bureau,
    Document,
    Governs,
    Issuer,
    MissingPart,
    Provision,
    Relation,
    Repair,
    Validity,
)
from tests.web.cards import HOSTILE

DAY = datetime.date


def fill(url: str) -> None:
    """Make the tables and the documents."""
    Base.metadata.create_all(engine_for(url))
    with session_for(url) as session, session.begin():
        for document in (_in_force(), _expired(), _draft(), _hostile()):
            session.add(document)
            session.flush()
        session.add(Governs(governed_id="made-1/第一条第（二）项", governor_id="made-1/序言"))
        session.add(Relation(document_id="made-1", position=0, kind="repeals", target_id="old-1"))
        session.add(
            Relation(document_id="made-1", position=1, kind="repeals", number="旧公告第9号")
        )
        session.add(
            Relation(document_id="draft-1", position=0, kind="draft_of", target_id="made-1")
        )


def _document(name: str, title: str, **more: object) -> Document:
    fields = {"position": 0, "level": "部门规范性文件", "numbering": "plan", "draft": False, **more}
    return Document(id=name, title=title, **fields)


def _provision(
    document: str, position: int, label: str, kind: str, text: str, **more: object
) -> Provision:
    name = more.pop("id", f"{document}/{label}")
    return Provision(
        id=name, document_id=document, position=position, label=label, kind=kind, text=text, **more
    )


def _in_force() -> Document:
    name = "made-1"
    article = f"{name}/第一条"
    return _document(
        name,
        "关于测试的公告",
        number="测试公告〔2024〕1号",
        issuer="测试总署等",
        issued_on=DAY(2024, 1, 1),
        effective_from=DAY(2024, 1, 1),
        effective_basis="自发布之日起",
        issuers=[Issuer(position=0, name="测试总署"), Issuer(position=1, name="测试商务部")],
        aliases=[Alias(position=0, name="1号公告")],
        missing=[MissingPart(position=0, name="主动披露报告表")],
        repairs=[
            Repair(position=0, kind="page number", first_line=7, last_line=7, printed="— 7 —"),
            Repair(
                position=1, kind="move", first_line=9, last_line=10, printed="公 告", why="文头误入"
            ),
        ],
        provisions=[
            _provision(name, 0, "标题", "title", "测试总署\n公告"),
            _provision(name, 1, "序言", "preamble", "为了测试，公告如下："),
            _provision(name, 2, "一", "heading", "一、总则", heading="总则"),
            _provision(name, 3, "第一条", "part", "第一条 有下列情形之一的，不予处罚："),
            _provision(
                name,
                4,
                "第一条第（二）项",
                "group",
                "（二）超过六个月但在两年以内主动披露的，不予处罚。",
                parent_id=article,
                bureaus=[Bureau(position=0, name="测试局")],
                validities=[
                    Validity(
                        position=0,
                        quote="两年以内",
                        effective_from=DAY(2024, 1, 1),
                        effective_to=DAY(2030, 12, 31),
                    )
                ],
            ),
            *[
                _provision(name, 5 + n, f"第{n + 2}条", "article", f"第{n + 2}条 " + "条文。" * 60)
                for n in range(12)
            ],
            _provision(name, 30, "附件", "annex", "附件：任务表"),
            _provision(name, 31, "附件", "table_head", "序号\t工作任务\t单位", id=f"{name}/附件~2"),
            _provision(name, 32, "附件第1项", "table_row", "1\t便利ＡＥＯ企业通关\t测试局"),
            _provision(name, 33, "附件一", "heading", "一、费用"),
            _provision(name, 34, "附件第2项", "table_row", "2\t降低费用\t测试局"),
        ],
    )


def _expired() -> Document:
    return _document(
        "old-1",
        "关于旧测试的公告",
        number="旧公告第8号",
        issuer="测试总署",
        issued_on=DAY(2020, 1, 1),
        effective_from=DAY(2020, 1, 1),
        effective_to=DAY(2023, 12, 31),
        provisions=[_provision("old-1", 0, "第一条", "article", "第一条 旧规定。")],
    )


def _draft() -> Document:
    return _document(
        "draft-1",
        "关于测试的公告（征求意见稿）",
        draft=True,
        provisions=[_provision("draft-1", 0, "第一条", "article", "第一条 拟定的规定。")],
    )


def _hostile() -> Document:
    return _document(
        "bad-1",
        HOSTILE,
        number=HOSTILE,
        issuer=HOSTILE,
        note=HOSTILE,
        repairs=[
            Repair(position=0, kind="join", first_line=1, last_line=2, printed=HOSTILE, why=HOSTILE)
        ],
        provisions=[
            _provision("bad-1", 0, HOSTILE, "heading", HOSTILE, id="bad-1/<b>x y</b>"),
            _provision("bad-1", 1, "第一条", "article", f"第一条 {HOSTILE}"),
            _provision("bad-1", 2, "第1项", "table_row", f"1\t{HOSTILE}"),
        ],
    )
