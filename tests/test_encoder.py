"""The encoder's run time: pieces, windows, decoding; and the text that it is trained on."""

import gzip
import random
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from pipeline.errors import ConfigError
from pipeline.gold import parse_record
from pipeline.label.rows import Labelled
from pipeline.nlp.encoder import FILES, Calibration, Encoder, decode
from pipeline.nlp.pieces import LABELS, SHAPES, STRIDE, WINDOW, cut_windows, cut_words, shape
from pipeline.nlp.posts import LABELS as POSTS
from pipeline.nlp.posts import mark, surroundings
from pipeline.nlp.recogniser import Named, load_recogniser
from pipeline.records import VECTOR_SIZE
from pipeline.training.copies import Substitution, join, lines, shout, wrap
from pipeline.training.corpora import read_marked, read_names, read_plain
from pipeline.training.encoder import Sources, calibrate, epochs
from pipeline.training.examples import Example, askable, from_gold, read_for, stack
from pipeline.training.pairs import PAIRS, pairs_of

# what the little encoder below says of each piece, whatever stands around it
VOCABULARY = {"[PAD]": 0, "[UNK]": 1, "ann": 2, "lee": 3, "##s": 4, "vlaio": 5, "-": 6, "gal": 7, "buyer": 8}
SAYS = {
    **dict.fromkeys(("lee", "-", "gal"), "I-PERSON"), "ann": "B-PERSON", "vlaio": "B-ORG", "buyer": "B-ROLE"
}  # fmt: skip
# whom it is asked about has every buyer's post and belongs to every VLAIO
OWNS = {"buyer": "B-ROLE", "vlaio": "ORG", "ann": "O"}


def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece(VOCABULARY, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder whose every piece has fixed scores, and whose vector counts the pieces of a kind."""
    path = tmp_path_factory.mktemp("encoder")
    tokenizer().save(str(path / "tokenizer.json"))
    scores = np.zeros((200, len(LABELS)), np.float32)
    scores[:, 0] = 5
    for word, label in SAYS.items():
        scores[VOCABULARY[word]] = 0
        scores[VOCABULARY[word], LABELS.index(label)] = 9
    kinds = np.zeros((200, VECTOR_SIZE), np.float32)
    kinds[np.arange(1, 200), np.arange(1, 200)] = 1  # padding counts for nothing
    owned = np.zeros((200, len(POSTS)), np.float32)
    owned[:, 0] = 5
    for word, label in OWNS.items():
        owned[VOCABULARY[word], POSTS.index(label)] = 9
    ids, mask, shapes = (helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "p"]) for n in
                         ("input_ids", "attention_mask", "shapes"))  # fmt: skip
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["scores", "input_ids"], ["logits"]),
            helper.make_node("Gather", ["owned", "input_ids"], ["posts"]),
            helper.make_node("Gather", ["kinds", "input_ids"], ["all"]),
            helper.make_node("ReduceSum", ["all", "axis"], ["vector"], keepdims=0),
        ],
        "little",
        [ids, mask, shapes],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", "p", len(LABELS)]),
            helper.make_tensor_value_info("posts", TensorProto.FLOAT, ["b", "p", len(POSTS)]),
            helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["b", VECTOR_SIZE]),
        ],
        [
            numpy_helper.from_array(scores, "scores"),
            numpy_helper.from_array(kinds, "kinds"),
            numpy_helper.from_array(owned, "owned"),
            numpy_helper.from_array(np.array([1]), "axis"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.save(model, path / "encoder.onnx")
    return path


def names(encoder: Encoder, texts: Iterable[str]) -> list[list[tuple[str, str]]]:
    texts = list(texts)
    return [
        [(text[n.start : n.end], n.label) for n in reading.names]
        for text, reading in zip(texts, encoder.read(texts), strict=True)
    ]


def test_names_stand_where_the_text_has_them(folder: Path) -> None:
    encoder = load_recogniser(str(folder))
    assert isinstance(encoder, Encoder)
    assert names(encoder, ["With Ann Lee-Gál of VLAIO.", "nobody", ""]) == [
        [("Ann Lee-Gál", "PERSON"), ("VLAIO", "ORG")],
        [],
        [],
    ]


def asked(encoder: Encoder, text: str, place: int = 0) -> list[tuple[str | None, ...]]:
    """What the encoder reads of one of the people of a text."""
    (reading,) = encoder.read([text])
    person = [name for name in reading.names if name.label == "PERSON"][place]
    return [
        tuple(text[n.start : n.end] if n else None for n in (r.person, r.role, r.organisation))
        for r in encoder.ask(text, person, reading.names)
    ]


def test_what_a_person_has(folder: Path) -> None:
    encoder = Encoder(folder)
    assert asked(encoder, "Ann Lee, buyer at VLAIO") == [("Ann Lee", "buyer", "VLAIO")]
    assert asked(encoder, "Ann Lee, buyer") == [("Ann Lee", "buyer", None)]
    assert asked(encoder, "Ann Lee of VLAIO") == [("Ann Lee", None, "VLAIO")]
    assert asked(encoder, "Ann Lee, buyer, nobody, buyer at VLAIO") == [
        ("Ann Lee", "buyer", None),
        ("Ann Lee", "buyer", "VLAIO"),
    ]
    assert asked(encoder, "Ann Lee of VLAIO, buyer at VLAIO") == [
        ("Ann Lee", "buyer", "VLAIO"),
        ("Ann Lee", None, "VLAIO"),
    ]
    assert names(encoder, ["Ann Lee, buyer"]) == [[("Ann Lee", "PERSON")]]  # a role is no name


def test_the_person_asked_about_is_marked() -> None:
    pieces = cut_words(tokenizer(), "Ann Lee, Ann of VLAIO " + "nobody " * 400)
    ann, other = Named(9, 12, "PERSON", 1.0), Named(0, 7, "PERSON", 1.0)
    begin, end, shapes = mark(pieces, ann, [other, ann, Named(16, 21, "ORG", 1.0)])
    assert (begin, end) == (0, WINDOW)
    assert (shapes[:7] // SHAPES).tolist() == [2, 2, 0, 1, 0, 3, 0]
    assert (shapes[:7] % SHAPES == pieces.shapes[:7]).all()
    last = Named(len("Ann Lee, Ann of VLAIO " + "nobody " * 399), 10**6, "PERSON", 1.0)
    begin, end, shapes = mark(pieces, last, [])
    assert end == len(pieces)
    assert shapes[-1] // SHAPES == 1


def test_a_line_is_read_with_its_neighbours() -> None:
    lines = [(0, 400), (401, 440), (441, 480), (481, 800)]
    assert surroundings(lines, 0) == (0, 400)
    assert surroundings(lines, 1) == (401, 480)
    assert surroundings(lines, 2) == (401, 480)
    assert surroundings([(0, 40), (41, 80), (82, 120)], 1) == (0, 120)


def test_an_encoder_of_another_version_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / FILES[1], tmp_path)
    model = onnx.load(folder / FILES[0])
    kept = [output for output in model.graph.output if output.name != "posts"]
    del model.graph.output[:]
    model.graph.output.extend(kept)
    onnx.save(model, tmp_path / FILES[0])
    with pytest.raises(ConfigError, match="gives no posts"):
        Encoder(tmp_path)


def test_names_far_apart_are_no_pair() -> None:
    spans = [(0, 3, "PERSON"), (10, 13, "ORG"), (9000, 9003, "ORG")]
    assert list(pairs_of(spans)) == [(PAIRS.index(("PERSON", "ORG")), 0, 1)]


def test_what_an_example_says_of_one_person() -> None:
    gold = parse_record(
        "[[ORG|Alfa]]\n[[PERSON|Ann Lee]], head of sales\n" + "Some word. " * 40 + "\n[[PERSON|Ann Lee]] and"
        " [[PERSON|Jo Ek]] left.\n=> Ann Lee | head of sales | Alfa",
        "here",
    )
    example = from_gold(gold)
    people = askable(example)
    assert [example.text[slice(*example.spans[i][:2])] for i in people] == ["Ann Lee", "Jo Ek"]
    read, place = read_for(example, people[0])
    assert read.spans[place][2] == "PERSON"
    assert read.text.startswith("Alfa\nAnn Lee, head of sales")
    both = stack([example, example])
    assert both.stated == ((1, 2, 0), (6, 7, 5))
    assert both.text[slice(*both.spans[6][:2])] == "Ann Lee"


def test_a_long_text_gives_every_name_once(folder: Path) -> None:
    text = "word " * 1000 + "Ann Lee " + "word " * 300 + "VLAIO"
    assert names(Encoder(folder), [text]) == [[("Ann Lee", "PERSON"), ("VLAIO", "ORG")]]


def test_the_texts_beside_it_do_not_matter(folder: Path) -> None:
    texts = ["Ann " * n for n in range(60)] + ["\x00", "x" * 5000, "😀"]
    encoder = Encoder(folder)
    together, alone = list(encoder.read(texts)), [next(iter(encoder.read([text]))) for text in texts]
    assert [r.names for r in together] == [r.names for r in alone]
    assert all(np.array_equal(a.vector, b.vector) for a, b in zip(together, alone, strict=True))
    assert all(abs(float(np.linalg.norm(r.vector.astype(np.float32))) - 1) < 0.01 for r in together)


def test_scores_are_calibrated(folder: Path, tmp_path: Path) -> None:
    for name in FILES[:2]:
        shutil.copy(folder / name, tmp_path)
    (tmp_path / FILES[2]).write_text('{"slope": 0.5, "offset": -1.0}')
    (raw,), (calibrated,) = (next(Encoder(f).read(["Ann Lee"])).names for f in (folder, tmp_path))
    assert calibrated.score == pytest.approx(Calibration(0.5, -1.0)(raw.score))
    assert calibrated.score < raw.score
    assert Calibration()(0.7) == pytest.approx(0.7)
    assert 0 <= Calibration(9.0, 9.0)(1.0) <= 1


def test_calibration_follows_what_was_right(folder: Path) -> None:
    texts = [parse_record(f"# author: a\n[[PERSON|Ann Lee]] met [[{label}|VLAIO]].", "here")
             for label in ("ORG", "ORG", "PERSON")]  # fmt: skip
    raw = next(Encoder(folder).read(["Ann Lee"])).names[0].score
    assert calibrate(Encoder(folder), texts)(raw) == pytest.approx(5 / 6, abs=0.02)  # five of six were right
    assert calibrate(Encoder(folder), texts[:1]) == Calibration()


def test_pieces_of_words() -> None:
    pieces = cut_words(tokenizer(), "Anns Lee")
    assert pieces.first.tolist() == [True, False, True]
    assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == [(0, 4), (0, 4), (5, 8)]


@pytest.mark.parametrize(
    ("one", "other"), [("vlaio", "VLAIO"), ("VLAIO", "Vlaio"), ("Gal", "Gál"), ("B", "b"), ("a1", "ab")]
)
def test_shapes_tell_words_apart(one: str, other: str) -> None:
    assert shape(one, 0, len(one)) != shape(other, 0, len(other))


@given(st.text(max_size=400))
def test_pieces_and_windows_cover_any_text(text: str) -> None:
    pieces = cut_words(tokenizer(), text)
    assert all(0 <= s < SHAPES for s in pieces.shapes)
    assert all(0 <= s < e <= len(text) for s, e in zip(pieces.starts, pieces.ends, strict=True))
    spans = list(cut_windows(pieces))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(pieces)
    assert all(after[0] < before[1] or len(pieces) == 0 for before, after in pairwise(spans))


def test_windows_overlap_and_begin_at_words() -> None:
    pieces = cut_words(tokenizer(), "anns " * 400)
    spans = list(cut_windows(pieces))
    assert all(end - begin <= WINDOW for begin, end in spans)
    assert all(pieces.first[begin] for begin, _ in spans)
    assert all(b[0] - a[0] <= STRIDE for a, b in pairwise(spans))


def test_an_inside_label_cannot_begin_a_name() -> None:
    pieces = cut_words(tokenizer(), "ann lee vlaio")
    logits = np.zeros((3, len(LABELS)), np.float32)
    logits[0, LABELS.index("I-ORG")] = 5
    logits[1, LABELS.index("B-PERSON")] = 5
    logits[2, LABELS.index("I-PERSON")] = 5
    assert [(n.start, n.end, n.label) for n in decode(pieces, logits)][-1] == (4, 13, "PERSON")


GOLD = parse_record(
    "# author: a\n[[PERSON|Ann Lee]] met [[PERSON|Jo Ek]] of [[ORG|VLAIO]] at [[IGNORE|Expo]]", "here"
)


def test_roles_have_their_place_where_the_person_is() -> None:
    gold = parse_record(
        "# author: a\nA buyer met [[PERSON|Ann Lee]], buyer at [[ORG|VLAIO]], and [[PERSON|Jo Ek]].\n"
        "=> Ann Lee | buyer | VLAIO\n=> Jo Ek | - | VLAIO",
        "here",
    )
    example = from_gold(gold)
    assert [(example.text[s:e], label) for s, e, label in example.spans] == [
        ("Ann Lee", "PERSON"), ("buyer", "ROLE"), ("VLAIO", "ORG"), ("Jo Ek", "PERSON")
    ]  # fmt: skip
    assert example.stated == ((0, 1, 2), (3, None, 2))
    first, second = lines(Example("Ann, buyer\nVLAIO", ((0, 3, "PERSON"), (5, 10, "ROLE"), (11, 16, "ORG")),
                                  stated=((0, 1, 2),)))  # fmt: skip
    assert (first.stated, second.stated) == (((0, 1, None),), ())


def test_substitution_moves_the_spans_along() -> None:
    example = from_gold(GOLD)
    substitute = Substitution([example], ["Karel van den Berg", "Mia Ó Sé"], ["Stad Gent", "KUL"])
    rng = random.Random(1)
    seen = set()
    for _ in range(20):
        changed = substitute(example, rng, 1.0)
        assert changed.stated == example.stated
        seen.add(changed.text)
        assert [label for _, _, label in changed.spans] == ["PERSON", "PERSON", "ORG", "IGNORE"]
        assert [changed.text[s:e] for s, e, label in changed.spans if label == "IGNORE"] == ["Expo"]
        assert " met " in changed.text
    assert len(seen) > 3
    assert substitute(example, rng, 0.0) == example


def test_name_lists(tmp_path: Path) -> None:
    (tmp_path / "people.tsv").write_text("NL\tKarel;Mia\tvan den Berg;Ó Sé;Bos\n")
    (tmp_path / "organisations.tsv").write_text("BE\tmunicipality\tStad Gent\n")
    assert read_names(tmp_path) == (["Karel van den Berg", "Mia Ó Sé", "Karel Bos"], ["Stad Gent"])
    assert read_names(tmp_path / "none") == ([], [])


def test_joined_and_shouted_examples_keep_their_names() -> None:
    one, two = Example("Ann Lee came.", ((0, 7, "PERSON"),)), Example("VLAIO.", ((0, 5, "ORG"),))
    (both,) = join([one, two], random.Random(0), 2)
    assert [both.text[s:e] for s, e, _ in both.spans] == ["Ann Lee", "VLAIO"]
    assert shout(one) == Example("ANN LEE CAME.", ((0, 7, "PERSON"),))
    assert shout(Example("Straße", ())) == Example("Straße", ())


def test_places_outside_names_give_way_to_others() -> None:
    example = Example("Ann Lee came to Ghent for the Port of Ghent.", ((0, 7, "PERSON"), (30, 43, "ORG")))
    substitute = Substitution([], [], [], ["Ghent", "Oulu"])
    seen = {substitute(example, random.Random(seed), 1.0).text for seed in range(9)}
    assert seen == {example.text, "Ann Lee came to Oulu for the Port of Ghent."}
    assert all(len(substitute(example, random.Random(seed), 1.0).spans) == 2 for seed in range(9))


def test_lines_and_wrapped_lines() -> None:
    example = Example("Ann Lee\n\nof VLAIO", ((0, 7, "PERSON"), (12, 17, "ORG")))
    assert lines(example) == [
        Example("Ann Lee", ((0, 7, "PERSON"),)),
        Example("of VLAIO", ((3, 8, "ORG"),)),
    ]
    text = "Ann Lee of VLAIO and others " * 10
    wrapped = wrap(Example(text, ((0, 7, "PERSON"),)), random.Random(1))
    assert wrapped.text.replace("\n", " ") == text
    assert wrapped.text.count("\n") in range(2, 5)


def test_plain_texts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "one"}\n{"id": 2, "text": "two"}\n')
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as file:
        file.write('{"id": "x", "text": "three"}\n')
    texts = read_plain([tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"])
    assert texts == {"1": "one", "2": "two", "x": "three"}
    (tmp_path / "marked.tsv").write_text(
        "id\tstart\tend\ttopic\talso\tsplit\nx\t1\t3\tenergy\t\tencoder\ny\t0\t9\tenergy\t\tholdout\n"
    )
    (row,) = read_marked(tmp_path / "marked.tsv", texts)  # the text of the other is not there
    assert (row.text, row.topic, row.also, row.split, row.doc_id) == ("hr", "energy", None, "encoder", "x")
    (tmp_path / "bad.tsv").write_text("id\tstart\n")
    for name in ("bad.tsv", "none.tsv"):
        with pytest.raises(ConfigError, match=f"{name}: columns"):
            read_marked(tmp_path / name, texts)
    with pytest.raises(ConfigError, match="plain texts"):
        read_plain([tmp_path / "none.jsonl"])


def test_labelled_and_plain_texts_teach_topics(tmp_path: Path) -> None:
    (tmp_path / "g.txt").write_text("# author: a\n[[PERSON|Ann Lee]]\n")
    labelled = (
        Labelled("1", "seen by the encoder", "energy", split="encoder"),
        Labelled("2", "seen by the classifier only", "energy", split="train"),
        Labelled("3", "seen by none", "energy", split="holdout"),
    )
    plain = ("Ice on Mars melts. It freezes again.", "Vouchers for small firms.")
    (some,) = epochs(1, Sources(tmp_path, plain=plain, labelled=labelled), 1)
    taught = {example.text: example.topic for example in some}
    assert taught["seen by the encoder"] == "energy"
    assert not {"seen by the classifier only", "seen by none"} & set(taught)
    assert taught["Vouchers for small firms."] is None  # it may be on a topic or not
    assert taught[plain[0]] == "none"


def test_the_same_seed_gives_the_same_epochs(tmp_path: Path) -> None:
    (tmp_path / "g.txt").write_text("# author: a\n[[PERSON|Ann Lee]]\n---\n# author: b\n[[PERSON|Jo Ek]]\n")
    sources = Sources(tmp_path, held_out=("b",))
    assert list(epochs(2, sources, 1)) == list(epochs(2, sources, 1))
    assert all("Jo Ek" not in example.text for some in epochs(2, sources, 1) for example in some)
    with pytest.raises(ConfigError, match="no author c"):
        list(epochs(1, Sources(tmp_path, held_out=("c",)), 1))
