"""The tables of the policy database.

Written so that the same code runs on SQLAlchemy 1.4 (which Rasa pins) and 2.x. Text is stored as
printed; dates are dates; what orders a document is `position`, from 0.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import declarative_base, relationship

Base: Any = declarative_base()


class Document(Base):
    """A policy document.

    `effective_to` is the last day of validity where the document states one. `plan_to` is the last
    day of the period that a plan is made for, which is not yet an end of validity; `continues`
    quotes the sentence by which its policies go on after that.
    """

    __tablename__ = "document"

    id = Column(String(64), primary_key=True)
    position = Column(Integer, nullable=False)
    title = Column(Text, nullable=False)
    number = Column(Text)
    issuer = Column(Text)
    level = Column(Text, nullable=False)
    numbering = Column(String(16), nullable=False)
    issued_on = Column(Date)
    effective_from = Column(Date)
    effective_to = Column(Date)
    effective_basis = Column(Text)
    plan_to = Column(Date)
    continues = Column(Text)
    draft = Column(Boolean, nullable=False, default=False)
    note = Column(Text)

    issuers = relationship("Issuer", order_by="Issuer.position", cascade="all, delete-orphan")
    aliases = relationship("Alias", order_by="Alias.position", cascade="all, delete-orphan")
    relations = relationship(
        "Relation",
        order_by="Relation.position",
        foreign_keys="Relation.document_id",
        cascade="all, delete-orphan",
    )
    missing = relationship(
        "MissingPart", order_by="MissingPart.position", cascade="all, delete-orphan"
    )
    repairs = relationship("Repair", order_by="Repair.position", cascade="all, delete-orphan")
    provisions = relationship(
        "Provision",
        order_by="Provision.position",
        back_populates="document",
        cascade="all, delete-orphan",
    )


class Issuer(Base):
    """One of the bodies that issued a document, in the order of its masthead."""

    __tablename__ = "issuer"

    document_id = Column(ForeignKey("document.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False)


class Alias(Base):
    """A name that people use for a document: 127号公告."""

    __tablename__ = "alias"

    document_id = Column(ForeignKey("document.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False)


class Relation(Base):
    """How a document stands to another.

    `kind` is repeals, prevails_over, draft_of, annexed_with or other_copy; the other document is
    `target_id` where it is on file, else known by `number` only.
    """

    __tablename__ = "relation"

    document_id = Column(ForeignKey("document.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    kind = Column(String(16), nullable=False)
    target_id = Column(ForeignKey("document.id"))
    number = Column(Text)


class MissingPart(Base):
    """An annex that the document names and that is not on file."""

    __tablename__ = "missing_part"

    document_id = Column(ForeignKey("document.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False)


class Repair(Base):
    """What was done to the layout of the original: see policies_db.importer.catalogue.reimport."""

    __tablename__ = "repair"

    document_id = Column(ForeignKey("document.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    kind = Column(String(16), nullable=False)
    first_line = Column(Integer, nullable=False)
    last_line = Column(Integer, nullable=False)
    printed = Column(Text, nullable=False)
    why = Column(Text)


class Provision(Base):
    """The smallest unit that can be cited: one paragraph, item or table row of a document.

    `id` is the document's id and a running number; `label` is where it stands, in the document's
    own numbering. Parents are headings and articles that it stands under.
    """

    __tablename__ = "provision"

    id = Column(String(80), primary_key=True)
    document_id = Column(ForeignKey("document.id"), nullable=False, index=True)
    position = Column(Integer, nullable=False)
    parent_id = Column(ForeignKey("provision.id"))
    label = Column(Text, nullable=False, index=True)
    kind = Column(String(16), nullable=False)
    heading = Column(Text)
    text = Column(Text, nullable=False)

    document = relationship("Document", back_populates="provisions")
    parent = relationship("Provision", remote_side=[id])
    bureaus = relationship("Bureau", order_by="Bureau.position", cascade="all, delete-orphan")
    validities = relationship(
        "Validity", order_by="Validity.position", cascade="all, delete-orphan"
    )
    task = relationship("Task", uselist=False, cascade="all, delete-orphan")
    company = relationship("TrustedCompany", uselist=False, cascade="all, delete-orphan")
    governors = relationship(
        "Governs", foreign_keys="Governs.governed_id", cascade="all, delete-orphan"
    )


class Bureau(Base):
    """A bureau that a provision makes responsible, as printed there."""

    __tablename__ = "bureau"

    provision_id = Column(ForeignKey("provision.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False, index=True)


class Validity(Base):
    """A validity of its own that a sentence has: its first and last day, both included."""

    __tablename__ = "validity"

    provision_id = Column(ForeignKey("provision.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    quote = Column(Text, nullable=False)
    effective_from = Column(Date)
    effective_to = Column(Date)


class Governs(Base):
    """A provision whose conditions apply to another: 「下同」, 「上述…不重复享受」."""

    __tablename__ = "governs"

    governed_id = Column(ForeignKey("provision.id"), primary_key=True)
    governor_id = Column(ForeignKey("provision.id"), primary_key=True)


class Task(Base):
    """A row of a task table: what is to be done, who leads, by which month (its last day)."""

    __tablename__ = "task"

    provision_id = Column(ForeignKey("provision.id"), primary_key=True)
    number = Column(Integer, nullable=False)
    task = Column(Text, nullable=False)
    lead = Column(Text, nullable=False)
    due = Column(Text, nullable=False)
    due_on = Column(Date, nullable=False)


class TrustedCompany(Base):
    """A row of the list of trusted companies; names are matched in full."""

    __tablename__ = "trusted_company"

    provision_id = Column(ForeignKey("provision.id"), primary_key=True)
    number = Column(Integer, nullable=False)
    name = Column(Text, nullable=False, index=True)


class Figure(Base):
    """A typed figure of a rule.

    `kind` is amount, rate, period, window, target, award or count; `comparison` is one of =, <=,
    >=, <, >, between; `value` (and `upper` for between) are decimals as text, in `unit` (CNY, USD,
    %, day, working_day, month, year, hour, count …). `printed` is the figure as it stands in the
    text, `quote` the verbatim text that states it.
    """

    __tablename__ = "figure"

    id = Column(Integer, primary_key=True)
    provision_id = Column(ForeignKey("provision.id"), nullable=False, index=True)
    kind = Column(String(16), nullable=False)
    subject = Column(Text, nullable=False)
    comparison = Column(String(8), nullable=False)
    value = Column(Text, nullable=False)
    upper = Column(Text)
    unit = Column(String(24), nullable=False)
    printed = Column(Text, nullable=False)
    quote = Column(Text, nullable=False)

    provision = relationship("Provision")


class Point(Base):
    """One thing that a provision answers: the sentence that says it and how people ask for it.

    `quote` is verbatim and contiguous in the provision, `passage` is what is shown of the provision
    for it (see policies_db.passages); `answer` says the same in one plain line, with no figure that
    the quote does not have. A point that is not `written` by a person is a
    passage that no written point covers, so that all text can be found.
    """

    __tablename__ = "point"

    id = Column(Integer, primary_key=True)
    provision_id = Column(ForeignKey("provision.id"), nullable=False, index=True)
    quote = Column(Text, nullable=False)
    passage = Column(Text, nullable=False)
    answer = Column(Text, nullable=False)
    written = Column(Boolean, nullable=False)

    provision = relationship("Provision")
    topics = relationship("PointTopic", cascade="all, delete-orphan")
    phrasings = relationship("Phrasing", order_by="Phrasing.position", cascade="all, delete-orphan")


class PointTopic(Base):
    """A topic that a point belongs to."""

    __tablename__ = "point_topic"

    point_id = Column(ForeignKey("point.id"), primary_key=True)
    topic = Column(String(32), primary_key=True)


class Phrasing(Base):
    """A question as people ask it, which a point answers."""

    __tablename__ = "phrasing"

    point_id = Column(ForeignKey("point.id"), primary_key=True)
    position = Column(Integer, primary_key=True)
    text = Column(Text, nullable=False)


class SearchText(Base):
    """A text of the search index, split into tokens before it is stored.

    `kind` is passage (a point's own words) or phrasing; `vector` holds the sentence encoder's 8-bit
    components where an encoder was installed when the database was built.
    """

    __tablename__ = "search_text"

    id = Column(Integer, primary_key=True)
    point_id = Column(ForeignKey("point.id"), nullable=False)
    kind = Column(String(8), nullable=False)
    tokens = Column(Text, nullable=False)
    vector = Column(LargeBinary)


class Build(Base):
    """What the database was built from: a digest of the sources and of the encoder."""

    __tablename__ = "build"

    name = Column(String(32), primary_key=True)
    value = Column(Text, nullable=False)
