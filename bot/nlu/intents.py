"""An intent classifier for short Chinese questions, written or spoken in any style.

Character n-grams and a sentence vector go into one logistic regression; chosen by measurement, see
docs/understanding.md. The model is a table of weights (NumPy): it loads at once and holds no code.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from policies_db.decisions.reading import read_openings
from policies_db.points import read_questions
from policies_db.search import load_encoder
from policies_db.search.encoded import Encoded, latest
from policies_db.settings import encoder
from policies_db.text import normalise

Config = dict[str, Any]
_RANKING = "intent_ranking"
_LONGEST_GRAM = 3


def grams(text: str) -> Counter[str]:
    """Character n-grams of a normalised text, with its ends marked."""
    plain = f"^{normalise(text)}$"
    return Counter(
        plain[i : i + n] for n in range(1, _LONGEST_GRAM + 1) for i in range(len(plain) - n + 1)
    )


class Weights:
    """The trained model: character n-grams folded to few dimensions, beside a sentence vector."""

    def __init__(
        self, intents: list[str], vocabulary: dict[str, int], arrays: dict[str, Any]
    ) -> None:
        self.intents = intents
        self.vocabulary = vocabulary
        self.arrays = arrays

    @classmethod
    def fit(cls, texts: list[str], intents: list[str], vectors: Any, config: Config) -> Weights:
        """Train on texts, the intent of each and its sentence vector (no columns where none)."""
        from scipy.sparse import csr_matrix
        from sklearn.decomposition import TruncatedSVD
        from sklearn.linear_model import LogisticRegression

        counts = [grams(text) for text in texts]
        frequency = Counter(gram for count in counts for gram in count)
        kept = sorted(gram for gram, number in frequency.items() if number > 1)
        vocabulary = {gram: index for index, gram in enumerate(kept)}
        idf = np.array([np.log((1 + len(texts)) / (1 + frequency[g])) + 1 for g in kept])
        rows, columns, values = [], [], []
        for row, count in enumerate(counts):
            index, value = _vector(count, vocabulary, idf)
            rows += [row] * len(index)
            columns += list(index)
            values += list(value)
        matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(kept)))
        folding = TruncatedSVD(min(config["dimensions"], len(kept) - 1, len(texts) - 1))
        folding.set_params(random_state=0).fit(matrix)
        features = np.hstack([folding.transform(matrix), vectors * config["sentence_weight"]])
        model = LogisticRegression(C=config["strength"], max_iter=150)
        model.fit(features.astype(np.float32), intents)
        arrays = {
            "idf": idf.astype(np.float32),
            "folding": folding.components_.T.astype(np.float16),
            "coef": model.coef_.astype(np.float32),
            "bias": model.intercept_.astype(np.float32),
        }
        return cls([str(name) for name in model.classes_], vocabulary, arrays)

    def ranking(self, text: str, vector: Any, config: Config) -> list[tuple[str, float]]:
        """Intents with their probabilities, likeliest first."""
        index, value = _vector(grams(text), self.vocabulary, self.arrays["idf"])
        folded = value.astype(np.float32) @ self.arrays["folding"][index].astype(np.float32)
        features = np.concatenate([folded, vector * config["sentence_weight"]])
        scores = self.arrays["coef"] @ features + self.arrays["bias"]
        likelihood = np.exp(scores - scores.max())
        likelihood /= likelihood.sum()
        order = np.argsort(-likelihood, kind="stable")
        return [(self.intents[i], float(likelihood[i])) for i in order]


def _vector(count: Counter[str], vocabulary: dict[str, int], idf: Any) -> tuple[Any, Any]:
    known = sorted(
        (vocabulary[gram], number) for gram, number in count.items() if gram in vocabulary
    )
    index = np.array([i for i, _ in known], dtype=np.int64)
    value = np.array([1 + np.log(number) for _, number in known]) * idf[index]
    norm = np.linalg.norm(value)
    return index, value / norm if norm else value


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Predicts the intent of a message with its ranking."""

    def __init__(
        self,
        config: Config,
        model_storage: ModelStorage,
        resource: Resource,
        weights: Weights | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._weights = weights
        self._encoder = load_encoder(encoder()) if config["sentence_weight"] else None
        if self._encoder is not None:
            self._encoder.encode(["ready"])  # it is read now, not while somebody waits

    @staticmethod
    def get_default_config() -> Config:
        """Defaults of the component.

        `strength` is the inverse regularisation, `dimensions` what the n-grams are folded to,
        `sentence_weight` the scale of the sentence vector (0 leaves the encoder out), `ranking` how
        many intents are reported. Of the questions in the folder `phrasings`, `phrasing_count` are
        learned as examples of `phrasing_intent`, so that honest questions of policy are known as
        such whatever they resemble; so are all cases that the decision rules in the folder
        `decisions` are told by.
        """
        return {
            "strength": 20.0,
            "dimensions": 400,
            "sentence_weight": 1.5,
            "ranking": 5,
            "phrasings": "",
            "phrasing_count": 3000,
            "decisions": "",
            "phrasing_intent": "general_policy",
        }

    @classmethod
    def create(
        cls,
        config: Config,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramIntentClassifier:
        """A component that is yet to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the weights and store them with the model."""
        examples = [
            (message.get(TEXT), message.get(INTENT))
            for message in training_data.intent_examples
            if message.get(TEXT)
        ]
        examples += self._phrasings()
        texts = [text for text, _ in examples]
        self._weights = Weights.fit(
            texts, [intent for _, intent in examples], self._vectors(texts), self._config
        )
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "weights.npz", **self._weights.arrays)
            names = {"intents": self._weights.intents, "vocabulary": self._weights.vocabulary}
            (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False))
        return self._resource

    @classmethod
    def load(
        cls,
        config: Config,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramIntentClassifier:
        """A trained component, from the model."""
        with model_storage.read_from(resource) as folder:
            names = json.loads((folder / "names.json").read_text())
            with np.load(folder / "weights.npz") as arrays:
                weights = Weights(names["intents"], names["vocabulary"], dict(arrays))
        return cls(config, model_storage, resource, weights)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message."""
        for message in messages:
            ranking = self._ranking(message.get(TEXT) or "")
            named = [{INTENT_NAME_KEY: name, "confidence": sure} for name, sure in ranking]
            first = named[0] if named else {INTENT_NAME_KEY: None, "confidence": 0.0}
            message.set(INTENT, first, add_to_output=True)
            message.set(_RANKING, named, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data needs no processing."""
        return training_data

    def _phrasings(self) -> list[tuple[str, str]]:
        texts: list[str] = []
        if self._config["phrasings"]:
            questions = read_questions(Path(self._config["phrasings"]))
            texts += questions[:: max(len(questions) // self._config["phrasing_count"], 1)]
        if self._config["decisions"]:
            texts += read_openings(Path(self._config["decisions"]))
        return [(text, self._config["phrasing_intent"]) for text in texts]

    def _ranking(self, text: str) -> list[tuple[str, float]]:
        if self._weights is None or not text:
            return []
        ranking = self._weights.ranking(text, self._vector(text), self._config)
        return ranking[: self._config["ranking"]]

    def _vectors(self, texts: list[str]) -> Any:
        if self._encoder is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return self._encoder.encode([normalise(text) for text in texts])

    def _vector(self, text: str) -> Any:
        """The vector of a message, which is left for the action that answers it."""
        if self._encoder is None:
            return self._vectors([text])[0]
        plain = normalise(text)
        found = latest.of(plain)
        if found is None or found.encoder != self._encoder.name:
            found = Encoded(self._encoder.name, plain, self._encoder.encode([plain])[0])
            latest.add(found)
        return found.vector
