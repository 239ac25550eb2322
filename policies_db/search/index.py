"""The texts of all points in the form that is searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from policies_db.search.data import Kind, SearchDocument, SearchPoint, StoredText
from policies_db.search.encoder import Encoder, pack, unit, unpack
from policies_db.search.mentions import MentionFinder, ordinals
from policies_db.search.postings import Postings
from policies_db.search.projection import Projection, trained_digest
from policies_db.search.tokens import Tokens
from policies_db.text import normalise


def index_version(encoder: Encoder | None) -> str:
    """What stored rows depend on besides the texts; rows of another version are of no use."""
    return f"{encoder.name if encoder is not None else 'no encoder'} {trained_digest()}"


#: Told how many of how many texts are done.
Progress = Callable[[int, int], None]
_BATCH = 512
#: How BM25 weighs repetition and length in phrasings, and in all texts of a point together.
PHRASING = {"b": 0.4}
TOGETHER = {"k1": 1.6, "b": 0.7}
_KINDS: tuple[Kind, ...] = ("passage", "heading", "phrasing")


class Index:
    """Built once from points (`build`), stored (`rows`), assembled again (`from_rows`).

    The order of points and rows that are given does not matter: an index has the points by id.
    """

    def __init__(
        self,
        points: Sequence[SearchPoint],
        documents: Sequence[SearchDocument],
        rows: Sequence[StoredText],
    ) -> None:
        self.points = tuple(sorted(points, key=lambda point: point.id))
        self.documents = tuple(documents)
        self.ids = np.array([point.id for point in self.points], dtype=np.int64)
        at = {point.id: i for i, point in enumerate(self.points)}
        by_kind: dict[Kind, list[StoredText]] = {kind: [] for kind in _KINDS}
        for row in sorted(rows, key=lambda row: (row.point_id, row.tokens)):
            by_kind[row.kind].append(row)
        self._rows = by_kind
        passages = [Tokens.parse(row.tokens) for row in by_kind["passage"]]
        headings = [Tokens.parse(row.tokens) for row in by_kind["heading"]]
        phrasings = [Tokens.parse(row.tokens) for row in by_kind["phrasing"]]
        if len(passages) != len(self.points) or len(headings) != len(self.points):
            raise ValueError("a point without its passage or heading: build the index again")
        self.owner = np.array([at[row.point_id] for row in by_kind["phrasing"]], dtype=np.int64)
        self._fields(passages, headings, phrasings)
        self.passage_vectors = _vectors(by_kind["passage"], 0)
        self.phrasing_vectors = _vectors(by_kind["phrasing"], self.space)
        self.centre_vectors = self._centres()
        self.mentions = MentionFinder(documents)
        self.document_of = [point.document_id for point in self.points]
        self.ordinals = [ordinals(normalise(p.label, numerals=True)) for p in self.points]
        topics = sorted({topic for point in self.points for topic in point.topics})
        self.topics = np.array(
            [[topic in point.topics for topic in topics] for point in self.points], dtype=np.float64
        ).reshape(len(self.points), len(topics))
        names = {name: i for i, name in enumerate(dict.fromkeys(self.document_of))}
        self.document_number = np.array([names[name] for name in self.document_of], dtype=np.int64)

    def _fields(
        self, passages: list[Tokens], headings: list[Tokens], phrasings: list[Tokens]
    ) -> None:
        self.passage_chars = Postings([item.chars for item in passages])
        self.passage_words = Postings([item.words for item in passages])
        self.passage_sounds = Postings([item.sounds for item in passages])
        self.headings = Postings([item.chars + item.words for item in headings])
        self.phrasing_chars = Postings([item.chars for item in phrasings], **PHRASING)
        self.phrasing_words = Postings([item.words for item in phrasings], **PHRASING)
        self.phrasing_sounds = Postings([item.sounds for item in phrasings], **PHRASING)
        # said twice: a point's own words tell more than one question about it
        together = [2 * (item.chars + item.words) for item in passages]
        sounds = [2 * item.sounds for item in passages]
        self.passage_vocabulary = [frozenset(tokens) for tokens in together]
        self.vocabulary = [set(tokens) for tokens in together]
        self.figures = [{token for token in item.chars if token[0].isdigit()} for item in passages]
        for number, item in zip(self.owner, phrasings, strict=True):
            together[number] = together[number] + item.chars + item.words
            sounds[number] = sounds[number] + item.sounds
            self.vocabulary[number].update(item.chars, item.words)
        self.together = Postings(together, **TOGETHER)
        self.together_sounds = Postings(sounds, **TOGETHER)
        # phrasings of each point: first row, number of rows
        self.first = np.asarray(np.searchsorted(self.owner, np.arange(len(self.points))))
        self.count = np.bincount(self.owner, minlength=len(self.points))

    def _centres(self) -> np.ndarray:
        """For each point the middle of its passage and its phrasings; a passage counts double."""
        total = 2 * self.passage_vectors
        some = np.flatnonzero(self.count)
        if len(some):
            total[some] += np.add.reduceat(self.phrasing_vectors, self.first[some], axis=0)
        return unit(total)

    @classmethod
    def build(
        cls,
        points: Sequence[SearchPoint],
        documents: Sequence[SearchDocument],
        encoder: Encoder | None = None,
        projection: Projection | None = None,
        progress: Progress | None = None,
    ) -> Index:
        """Split and encode all texts; the same phrasing twice at one point counts once.

        Without `projection` the committed one is used.
        """
        titles = {document.id: document.title for document in documents}
        texts: list[tuple[int, Kind, str]] = []
        for point in points:
            title = titles.get(point.document_id, "")
            texts.append((point.id, "passage", f"{point.quote} {point.answer}"))
            texts.append((point.id, "heading", f"{title} {point.heading} {point.label}"))
            texts.extend((point.id, "phrasing", text) for text in dict.fromkeys(point.phrasings))
        project = projection or Projection.load("vectors" if encoder else "lexical")
        # texts of like length together: an encoder fills the others up to the longest of a batch
        texts.sort(key=lambda item: (item[1] == "heading", len(item[2])))
        rows: list[StoredText] = []
        for start in range(0, len(texts), _BATCH):
            rows += _stored(texts[start : start + _BATCH], encoder, project)
            if progress is not None:
                progress(len(rows), len(texts))
        return cls(points, documents, rows)

    @classmethod
    def from_rows(
        cls,
        points: Sequence[SearchPoint],
        documents: Sequence[SearchDocument],
        rows: Sequence[StoredText],
    ) -> Index:
        """Assemble a stored index; phrasings of the points need not be given again."""
        return cls(points, documents, rows)

    @property
    def space(self) -> int:
        """Components of the vectors: which projection made them, 0 where there are none."""
        return int(self.passage_vectors.shape[1])

    def in_space(self, projection: Projection) -> Index:
        """This index with the vectors of a projection that needs no encoder."""
        rows = []
        for kind in _KINDS:
            stored = self._rows[kind]
            for start in range(0, len(stored), _BATCH):
                batch = stored[start : start + _BATCH]
                packed = pack(projection([Tokens.parse(row.tokens) for row in batch]))
                rows += [
                    replace(row, vector=None if kind == "heading" else vector)
                    for row, vector in zip(batch, packed, strict=True)
                ]
        return Index(self.points, self.documents, rows)

    def rows(self) -> Iterator[StoredText]:
        """All that is to be stored."""
        for kind in _KINDS:
            yield from self._rows[kind]


def _stored(
    texts: Sequence[tuple[int, Kind, str]], encoder: Encoder | None, project: Projection
) -> list[StoredText]:
    """Rows of texts; headings come last and without vectors: only their words are looked up."""
    tokens = [Tokens.of_text(text) for _, _, text in texts]
    own = [normalise(text) for _, kind, text in texts if kind != "heading"]
    packed: list[bytes | None] = [None] * len(texts)
    if own:
        encoded = encoder.encode(own) if encoder is not None else None
        packed[: len(own)] = pack(project(tokens[: len(own)], encoded))
    return [
        StoredText(point_id, kind, str(item), vector)
        for (point_id, kind, _), item, vector in zip(texts, tokens, packed, strict=True)
    ]


def _vectors(rows: Sequence[StoredText], size: int) -> np.ndarray:
    packed = [row.vector for row in rows if row.vector is not None]
    if len(packed) != len(rows):
        raise ValueError("a text without its vector: build the index again")
    return unpack(packed) if packed else np.zeros((0, size), dtype=np.float32)
