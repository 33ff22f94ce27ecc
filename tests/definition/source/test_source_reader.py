import re
from itertools import islice
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definition.problem import Severity, format_text
from app.definition.source import MappingNode, Node, ScalarNode, SequenceNode, read_source

BAD = Path(__file__).parent / "bad"
# Every file that is wrong, and what is found in it: rule, line, column.
EXPECTED = {
    "after-end-of-document": "Y03:3:1",
    "alias-without-name": "Y06:1:8",
    "anchor": "S03:1:4",
    "anchors-aliases-tags-merge": "S03:1:7 S03:3:3 Y06:3:7 S03:4:6 S03:6:5 S03:7:5",
    "astral": "S02:2:13",
    "backtick": "Y01:2:8",
    "billion-laughs": "S03:1:4 S03:2:4 Y06:2:8 Y06:2:12 S03:3:4 Y06:3:8 Y06:3:12",
    "binary": "Y02:3:1",
    "block-header": "Y01:1:9",
    "block-less-indented": "Y01:4:3",
    "bom": "Y02:1:1 Y01:3:1",
    "colon-in-text": "Y01:1:15",
    "colon-touches-brace": "Y01:1:12",
    "comma-cut": "S11:2:36",
    "comma-cut-call": "S11:1:20",
    "comma-cut-number": "S11:1:13",
    "comma-cut-over-lines": "S11:2:3",
    "comma-cut-quotes": "S11:1:24",
    "comma-cut-twice": "S11:1:16",
    "complex-key": "Y01:1:3 Y01:3:3",
    "control": "S04:1:9",
    "direction": "S04:1:12 S04:2:8",
    "directive": "Y04:1:1",
    "directive-tag": "Y04:1:1",
    "directive-unknown": "Y04:2:1",
    "directive-version": "Y04:1:1",
    "double-comma": "Y01:1:15",
    "duplicate-in-two-forms": "S05:1:1 S02:2:1",
    "duplicate-key": "S02:3:25 S02:4:1 S02:5:1",
    "empty": "K03:1:1",
    "hidden-behind-escape": "Y07:1:8 Y07:2:7",
    "image": "Y02:1:1",
    "indentation-between": "Y01:3:3",
    "indented-deeper": "Y01:2:4",
    "key-among-items": "Y01:2:1",
    "list-among-keys": "Y01:2:1",
    "list-inside-plain-text": "Y01:1:19",
    "list-item-on-key-line": "Y01:1:6",
    "missing-key": "Y01:2:1",
    "next-line-characters": "S04:1:11 S04:1:15 S04:1:18",
    "no-break-space-after-colon": "S04:2:7",
    "no-colon": "Y01:2:4",
    "no-space-after-colon": "Y01:2:4",
    "not-nfc": "S05:1:8 S05:2:1 S05:3:10",
    "not-utf8": "Y02:2:6",
    "old-mac-lines": "S02:3:1",
    "only-comment": "K03:1:1",
    "only-list": "K03:2:1",
    "only-null": "K03:1:1",
    "only-text": "K03:1:1",
    "percent-start": "Y01:1:8",
    "quote-in-quote": "Y01:1:20",
    "reserved-start": "Y01:1:8",
    "second-document": "Y03:2:1",
    "soft-hyphen-in-key": "S04:1:3",
    "tab-indentation": "S01:3:1 S01:4:3",
    "tab-inside": "S04:1:11",
    "tag-broken": "S03:1:8",
    "tag-handle-unknown": "S03:2:4",
    "text-after-quote": "Y01:1:14",
    "too-deep": "Y05:1:53",
    "too-deep-blocks": "Y05:51:51",
    "too-deep-for-the-parser": "Y05:1:1003",
    "unclosed-brace-at-end": "Y01:2:12",
    "unclosed-bracket": "Y01:3:9",
    "unclosed-quote": "Y01:2:8",
    "unclosed-single-quote": "Y01:1:8",
    "unknown-escape": "Y01:1:10",
    "utf16": "Y02:1:1",
    "utf16-without-bom": "Y02:1:2",
    "windows-lines": "S02:3:1",
}
# Where the parser written in Python sees the same mistake elsewhere, or none.
PURE_DIFFERS = {"colon-touches-brace", "unknown-escape", "too-deep-for-the-parser"}


def places(data: bytes, **options: object) -> str:
    problems = read_source("config/procedures/x.yaml", data, **options).problems
    return " ".join(f"{problem.rule}:{problem.line}:{problem.column}" for problem in problems)


def tree_of(text: str) -> MappingNode:
    result = read_source("x.yaml", text.encode())
    assert not result.problems, format_text(result.problems)
    assert result.ok
    assert result.tree is not None
    return result.tree


def nodes(node: Node):
    yield node
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            yield key
            yield from nodes(value)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from nodes(item)


def plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, SequenceNode) else node.text


def test_every_bad_file_has_its_expectation():
    assert {path.stem for path in BAD.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_bad_file_is_reported_at_its_place(name):
    assert places((BAD / f"{name}.yaml").read_bytes()) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - PURE_DIFFERS))
def test_the_parser_written_in_python_finds_the_same(name):
    data = (BAD / f"{name}.yaml").read_bytes()
    assert places(data, loader=yaml.SafeLoader) == EXPECTED[name]
    assert read_source("x", data, yaml.SafeLoader).tree == read_source("x", data).tree


@pytest.mark.parametrize("escape", ['"\\UFFFFFFFF"', '"\\ud800"', '"\\xzz"'])
def test_the_parser_written_in_python_survives_wild_escapes(escape):
    result = read_source("x.yaml", f"a: {escape}\n".encode(), yaml.SafeLoader)
    assert not result.ok


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_bad_file_gets_a_message_and_a_cure(name, locale):
    for problem in read_source("x.yaml", (BAD / f"{name}.yaml").read_bytes()).problems:
        assert problem.message(locale)
        assert problem.hint(locale)
        assert not re.search(r"\{[a-z_]+\}", problem.message(locale) + problem.hint(locale))


def test_only_texts_out_of_normal_form_and_a_byte_order_mark_leave_a_file_loadable():
    assert read_source("x.yaml", "\ufefftitle: Tie\u0302ng".encode()).ok
    assert read_source("x.yaml", "\ufefftitle: Tie\u0302\u0301ng".encode()).tree.get("title").text == "Tiếng"
    assert not read_source("x.yaml", "tie\u0302ng: 1".encode()).ok
    kept = [name for name in EXPECTED if read_source("x", (BAD / f"{name}.yaml").read_bytes()).ok]
    assert kept == []


def test_a_byte_order_mark_does_not_move_columns():
    result = read_source("x.yaml", "\ufefftên: đất\n".encode())
    assert [(problem.rule, problem.severity) for problem in result.problems] == [("Y02", Severity.WARNING)]
    assert (result.tree.key("tên").column, result.tree.get("tên").column) == (1, 6)


def test_columns_count_characters_also_beyond_the_basic_plane():
    tree = tree_of('tên: {"😀đ": "ế", sau: [Đo đạc, "x"]}\n')
    inner = tree.get("tên")
    assert [(key.text, key.span.column, value.span.column) for key, value in inner.entries] == [
        ("😀đ", 7, 13),
        ("sau", 18, 23),
    ]
    assert [(item.line, item.column, item.span.end_column) for item in inner.get("sau").items] == [
        (1, 24, 30),
        (1, 32, 35),
    ]


def test_a_value_cut_by_commas_is_mended_in_the_tree():
    data = "x: {title: Đo đạc, kiểm tra, vẽ, by: a, b: }\n".encode()
    result = read_source("x.yaml", data)
    assert plain(result.tree) == {"x": {"title": "Đo đạc, kiểm tra, vẽ", "by": "a", "b": ""}}
    assert result.tree.get("x").get("title").span == (1, 12, 1, 32)
    assert result.problems[0].hint() == 'Đặt cả câu trong ngoặc kép: x: {title: "Đo đạc, kiểm tra, vẽ", by: a, b: }'


def test_a_long_line_is_not_repeated_whole_in_the_cure():
    data = ("x: {" + "".join(f"k{n}: {n}, " for n in range(60)) + "title: một, hai}\n").encode()
    assert read_source("x.yaml", data).problems[0].hint() == 'Đặt cả câu trong ngoặc kép: title: "một, hai"'


@pytest.mark.parametrize(
    "line", ["{a}", "{a, b: 1}", '{a: "x", b}', "{a: [1], b}", '{a: x, "b"}', "{a: x, b : }", "{a: , b}"]
)
def test_only_a_comma_inside_an_unquoted_text_is_a_cut(line):
    assert places(f"x: {line}\n".encode()) == ""


def test_nothing_and_null_are_told_apart_from_words_in_quotes():
    tree = tree_of('a:\nb: ~\nc: null\nd: "null"\ne: ""\nf: NO\ng: |\n\nh: 0012\n')
    assert [key.text for key, value in tree.entries if value.is_null] == ["a", "b", "c"]
    assert [value.text for _, value in tree.entries] == ["", "~", "null", "null", "", "NO", "", "0012"]
    assert [value.quoted for _, value in tree.entries] == [False, False, False, True, True, False, True, False]


def test_long_texts_over_several_lines_are_read():
    tree = tree_of("a: >-\n  một\n  hai\nb: |\n  ba\n   bốn\nc: năm\n  sáu\n")
    assert plain(tree) == {"a": "một hai", "b": "ba\n bốn\n", "c": "năm sáu"}


def test_a_mapping_is_asked_by_key():
    tree = tree_of("a: 1\nb: [x]\n")
    assert tree.keys() == ("a", "b")
    assert tree.get("b").items[0].text == "x"
    assert tree.key("b").line == 2
    assert tree.get("c") is tree.key("c") is None


def test_blocks_end_with_their_last_word():
    tree = tree_of("a:\n  b: 1\n\n# xong\nc:\n- x\n\nd: {}\n")
    assert tree.get("a").span == (2, 3, 2, 7)
    assert tree.get("c").span == (6, 1, 6, 4)
    assert tree.get("d").span == (8, 4, 8, 6)


def test_fifty_levels_are_read_and_one_more_is_not():
    assert places(b"a: " + b"[" * 49 + b"]" * 49) == ""
    assert places(b"a: " + b"[" * 50 + b"]" * 50) == "Y05:1:53"


def test_a_file_of_more_than_a_megabyte_is_refused():
    assert places(b"#" * 1_000_001) == "S06:1:1"
    assert places(b"#" * 1_000_000) == "K03:1:1"


HOSTILE = {
    "brackets": b"[" * 999_999,
    "braces": b"{" * 999_999,
    "dashes": b"- " * 499_999,
    "question marks": b"? " * 499_999,
    "indentation": b"".join(b" " * n + b"a:\n" for n in range(1300)),
    "a hundred thousand levels": b"[" * 100_000 + b"]" * 100_000,
    "tabs": b"\t\n" * 499_999,
    "direction characters": "\u202e\n".encode() * 249_999,
    "keys alike": b"a: 1\n" * 199_999,
    "cuts": b"{a: b" + b", c" * 333_000 + b"}",
    "aliases": b"[" + b"*a," * 300_000 + b"]",
    "anchors": b"[" + b"&a ," * 200_000 + b"]",
    "not normal": "- e\u0302\n".encode() * 160_000,
    "unclosed quote": b'a: "' + b"x\n" * 400_000,
    "one long key": b"k" * 999_990 + b": 1",
    "one long word": "đ".encode() * 499_999,
    "rare letters": "漢\n".encode() * 249_999,
    "documents": b"---\n" * 249_999,
    "comments": b"#\n" * 499_999,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_few_problems(name):
    result = read_source("x.yaml", HOSTILE[name])
    assert not result.ok
    assert 1 <= len(result.problems) <= 200
    assert len(format_text(result.problems)) < 200_000


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(data):
    read_source("x.yaml", data)


@given(st.text(alphabet="abđ:,[]{}-?&*!|>%@`\"'#\\ \n\t~<=\ufeff\u202e\x00\x85e\u0302", max_size=60))
@settings(max_examples=500)
def test_no_text_makes_the_reader_fail(text):
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        read_source("x.yaml", text.encode(), loader)


WORD = st.text(alphabet="abcxyzđếữ😀0123456789 .,:;-_'\"{}[]#&*!|>%@`\\/~<=", max_size=12)
DATA = st.recursive(
    WORD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORD, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(WORD, DATA, max_size=5), st.booleans())
def test_data_written_by_another_tool_reads_back_the_same(data, flow):
    written = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    result = read_source("x.yaml", written.encode())
    assert result.ok, format_text(result.problems) + written
    assert plain(result.tree) == data


@given(st.dictionaries(WORD, DATA, max_size=5), st.booleans())
def test_positions_point_at_the_text_in_its_line(data, flow):
    written = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=10_000)
    lines = written.split("\n")
    for node in nodes(read_source("x.yaml", written.encode()).tree):
        if isinstance(node, ScalarNode) and node.span.line == node.span.end_line:
            shown = lines[node.line - 1][node.column - 1 : node.span.end_column - 1]
            assert yaml.safe_load(shown) == node.text if node.quoted else shown == node.text


def test_the_examples_of_a_whole_service_read_without_a_word():
    text = """\
schema: 1
key: land/certificate-exchange
title: 'Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất'
code: "1.012783"
for: [citizen, household, organisation]
effective: {from: 2025-07-01}   # ngày hiệu lực
fees:
  - {key: extra, amount: "50000 * max(certificates - 1, 0)", when: certificates > 1, collect: before_result}
  - key: appraisal
    amount:
      default: {table: {down: subject, cells: {land: {online: 940500, else: 990000}}}}
tests:
  - given: {received: 2025-08-27 09:00, applicant: {kind: citizen}}
"""
    tree = tree_of(text)
    assert tree.keys()[:4] == ("schema", "key", "title", "code")
    assert tree.get("tests").items[0].get("given").get("received").text == "2025-08-27 09:00"
    assert next(islice(nodes(tree), 1, None)).text == "schema"
