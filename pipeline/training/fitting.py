"""Fine-tuning the encoder: what is minimised, in which steps, with checkpoints; needs the extra ``train``."""

import json
import logging
import math
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from pipeline.nlp.pieces import LABELS, load_tokenizer
from pipeline.nlp.posts import SHORT
from pipeline.training.examples import Example, askable, read_for, stack
from pipeline.training.model import RELATION_WIDTH, TokensAndVector, load_bert, pool, weights_folder
from pipeline.training.rows import IGNORED, NO_NAME, Row, asking_row, batches, rows, tensors

log = logging.getLogger("pipeline.training")
CHECKPOINT = "checkpoint.pt"
BESIDE = 0.4  # share of the single lines that are read between two others for a person


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults are those of the shipped model."""

    epochs: int = 3
    learning_rate: float = 2e-4
    warm_up: float = 0.1  # share of the steps
    batch_pieces: int = 1024
    teaching: float = 2.0  # weight of the distance to the original's vector
    topics: float = 1.0  # weight of the topic loss
    relations: float = 1.0  # weight of the loss on what belongs together
    posts: float = 1.0  # weight of the loss on what one person has
    bfloat16: bool = True  # for the products of matrices; halves the time on processors made for it
    seed: int = 1
    threads: int = 1


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
    # what is not initialised nobody reads, and to fill it takes a tenth of the time
    torch.utils.deterministic.fill_uninitialized_memory = False
    rng = random.Random(recipe.seed)
    tokenizer = load_tokenizer(weights_folder() / "tokenizer.json")
    chosen = list(epochs)
    topics = sorted({example.topic for some in chosen for example in some if example.topic})
    model = TokensAndVector(load_bert(), max(1, len(topics))).to(device)
    teacher = load_bert().to(device).eval()
    plan = [list(_plan(some, tokenizer, topics, rng)) for some in chosen]
    steps = sum(math.ceil(sum(len(row.ids) for row in some) / recipe.batch_pieces) for some in plan)
    optimiser = torch.optim.AdamW(_groups(model, recipe.learning_rate), weight_decay=0.01, fused=True)
    warm = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    tag = json.dumps([asdict(recipe), steps, topics])
    done = _resume(output / CHECKPOINT, tag, model, optimiser, schedule, rng)
    started, step = time.perf_counter(), schedule.last_epoch
    for epoch, some in enumerate(plan[done:], done):
        model.train()
        sums = np.zeros(4)
        count = 0
        for batch in batches(some, recipe.batch_pieces, rng):
            ids, mask, shapes, labels, topic, pairs, between, post = (
                tensor.to(device) for tensor in tensors(batch)
            )
            asking = batch[0].posts is not None
            with torch.autocast(device, torch.bfloat16, enabled=recipe.bfloat16), torch.no_grad():
                taught = None if asking else teacher(input_ids=ids, attention_mask=mask).last_hidden_state
            with torch.autocast(device, torch.bfloat16, enabled=recipe.bfloat16):
                logits, relations, posts, vectors = (given.float() for given in model(ids, mask, shapes))
            token_loss = label_loss(logits.flatten(0, 1), labels.flatten())
            relation_loss = pair_loss(relations, model.between, pairs, between)
            topic_loss = mean_loss(model.topic_scores(vectors), topic)
            vector_loss = torch.zeros(())
            if taught is not None:
                alike = functional.cosine_similarity(vectors, pool(taught, mask).float())
                vector_loss = (1 - alike).mean()
            post_loss = mean_loss(posts.flatten(0, 1), post.flatten())
            loss = token_loss + recipe.teaching * vector_loss + recipe.topics * topic_loss
            loss = loss + recipe.relations * relation_loss + recipe.posts * post_loss
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, count = step + 1, count + 1
            sums += (token_loss.item(), relation_loss.item(), post_loss.item(), vector_loss.item())
            if step % 100 == 0:
                seconds = time.perf_counter() - started
                log.info(
                    "epoch %d, step %d of %d, %.0f s: names %.3f, relations %.3f, posts %.3f, distance %.3f",
                    epoch + 1, step, steps, seconds, *(sums / count),
                )  # fmt: skip
        output.mkdir(parents=True, exist_ok=True)
        state = {"tag": tag, "epoch": epoch + 1, "random": rng.getstate(), "torch": torch.get_rng_state()}
        parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
        torch.save(state | {name: part.state_dict() for name, part in parts.items()}, output / CHECKPOINT)
    return model.eval()


def _plan(some: list[Example], tokenizer: Tokenizer, topics: list[str], rng: random.Random) -> Iterator[Row]:
    """The rows of an epoch: every example is read, and where it names people again for one of them.

    Some lines are read between two drawn at random, to which nothing binds them.
    """
    short = [e for e in some if e.stated is not None and len(e.text) < SHORT and "\n" not in e.text]
    for example in some:
        yield from rows(example, tokenizer, topics)
        if people := askable(example):
            person, read = rng.choice(people), example
            if len(example.text) < SHORT and "\n" not in example.text and rng.random() < BESIDE:
                above = rng.choice(short)
                read, person = stack([above, example, rng.choice(short)]), person + len(above.spans)
            yield asking_row(*read_for(read, person), tokenizer)


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


def label_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """The mean cross entropy of labels; what is marked NO_NAME may be outside or a role."""
    loose = torch.zeros(len(LABELS) + 1, len(LABELS), dtype=torch.bool, device=scores.device)
    loose[: len(LABELS)] = torch.eye(len(LABELS), dtype=torch.bool, device=scores.device)
    loose[NO_NAME] = torch.tensor([not label.endswith(("PERSON", "ORG")) for label in LABELS])
    counted = wanted != IGNORED
    allowed = loose[wanted[counted]]
    best = scores[counted]
    lost = best.logsumexp(1) - best.masked_fill(~allowed, -torch.inf).logsumexp(1)
    return lost.sum() / counted.sum().clamp(min=1)


def pair_loss(relations: Tensor, weights: Tensor, pairs: Tensor, between: Tensor) -> Tensor:
    """The mean cross entropy of pairs that belong together or not; 0 without pairs."""
    row, kind, one, two, wanted = pairs.unbind(1)
    scores = (relations[row, one, kind, 0] * relations[row, two, kind, 1]).sum(1) / math.sqrt(RELATION_WIDTH)
    scores = scores + (weights[kind] * between).sum(1)
    total = functional.binary_cross_entropy_with_logits(scores, wanted.to(scores.dtype), reduction="sum")
    return total / max(1, len(pairs))


def mean_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """The mean cross entropy over those that take a loss; 0 where none does."""
    total = functional.cross_entropy(scores, wanted, ignore_index=IGNORED, reduction="sum")
    return total / (wanted != IGNORED).sum().clamp(min=1)


def _groups(model: TokensAndVector, rate: float) -> list[dict[str, object]]:
    """The new layers learn ten times as fast as the trained ones."""
    new = [p for name, p in model.named_parameters() if not name.startswith("bert.")]
    return [{"params": model.bert.parameters(), "lr": rate}, {"params": new, "lr": 10 * rate}]
