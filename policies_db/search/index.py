"""The texts of all points in the form that is searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from policies_db.search.data import Kind, SearchDocument, SearchPoint, StoredText
from policies_db.search.encoder import Encoder, pack, unit, unpack
from policies_db.search.mentions import MentionFinder, ordinals
from policies_db.search.postings import Postings
from policies_db.search.projection import Projection
from policies_db.search.tokens import Tokens
from policies_db.text import normalise

#: Told how many of how many texts are done.
Progress = Callable[[int, int], None]
_BATCH = 512
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
        self.passage_vectors = _vectors(by_kind["passage"])
        self.phrasing_vectors = _vectors(by_kind["phrasing"])
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
        self.phrasing_chars = Postings([item.chars for item in phrasings], b=0.4)
        self.phrasing_words = Postings([item.words for item in phrasings], b=0.4)
        self.phrasing_sounds = Postings([item.sounds for item in phrasings], b=0.4)
        # said twice: a point's own words tell more than one question about it
        together = [2 * (item.chars + item.words) for item in passages]
        sounds = [2 * item.sounds for item in passages]
        self.passage_vocabulary = [frozenset(tokens) for tokens in together]
        self.vocabulary = [set(tokens) for tokens in together]
        self.figures = [
            {token for token in item.chars if token[0].isdigit()} for item in passages
        ]
        for number, item in zip(self.owner, phrasings):
            together[number] = together[number] + item.chars + item.words
            sounds[number] = sounds[number] + item.sounds
            self.vocabulary[number].update(item.chars, item.words)
        self.together = Postings(together, k1=1.6, b=0.7)
        self.together_sounds = Postings(sounds, k1=1.6, b=0.7)
        # phrasings of each point: first row, number of rows
        self.first = np.searchsorted(self.owner, np.arange(len(self.points)))
        self.count = np.bincount(self.owner, minlength=len(self.points))

    def _centres(self) -> np.ndarray | None:
        """For each point the middle of its passage and its phrasings; a passage counts double."""
        if self.passage_vectors is None or self.phrasing_vectors is None:
            return None
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
        """Split and encode all texts.

        The same phrasing twice at one point counts once. Without `projection` the committed one is
        used.
        """
        titles = {document.id: document.title for document in documents}
        texts: list[tuple[int, Kind, str]] = []
        for point in points:
            title = titles.get(point.document_id, "")
            texts.append((point.id, "passage", f"{point.quote} {point.answer}"))
            texts.append((point.id, "heading", f"{title} {point.heading} {point.label}"))
            texts.extend((point.id, "phrasing", text) for text in dict.fromkeys(point.phrasings))
        vectors: list[bytes | None] = [None] * len(texts)
        if encoder is not None:
            # headings are looked up by their words only
            numbers = [i for i, (_, kind, _) in enumerate(texts) if kind != "heading"]
            encoded = _encode([texts[i][2] for i in numbers], encoder, projection, progress)
            for i, vector in zip(numbers, encoded):
                vectors[i] = vector
        rows = [
            StoredText(point_id, kind, str(Tokens.of_text(text)), vector)
            for (point_id, kind, text), vector in zip(texts, vectors)
        ]
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

    def rows(self) -> Iterator[StoredText]:
        """All that is to be stored."""
        for kind in _KINDS:
            yield from self._rows[kind]


def _encode(
    texts: Sequence[str],
    encoder: Encoder,
    projection: Projection | None,
    progress: Progress | None,
) -> Iterable[bytes]:
    project = projection or Projection.load()
    for start in range(0, len(texts), _BATCH):
        batch = [normalise(text) for text in texts[start : start + _BATCH]]
        yield from pack(project(encoder.encode(batch)))
        if progress is not None:
            progress(min(start + _BATCH, len(texts)), len(texts))


def _vectors(rows: Sequence[StoredText]) -> np.ndarray | None:
    packed = [row.vector for row in rows if row.vector is not None]
    if not packed or len(packed) != len(rows):
        return None
    return unpack(packed)
