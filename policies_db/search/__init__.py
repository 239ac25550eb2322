"""Search: finds the point that answers a question asked in any words, or says that none does.

`Index` holds the texts of all points in the form that is searched; it is built once from plain
values, stored as rows, and assembled from the rows at start. `Searcher` ranks and judges. What is
learned (`python -m policies_db.search.tune`) is kept in `trained/`; `evaluate` measures.
"""

from policies_db.search.data import Hit, Result, SearchDocument, SearchPoint, StoredText, Zone
from policies_db.search.encoder import Encoder, load_encoder
from policies_db.search.index import Index, index_version
from policies_db.search.searcher import Searcher

__all__ = [
    "Encoder",
    "Hit",
    "Index",
    "Result",
    "SearchDocument",
    "SearchPoint",
    "Searcher",
    "StoredText",
    "Zone",
    "index_version",
    "load_encoder",
]
