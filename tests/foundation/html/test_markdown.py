import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.html.markdown import LIMIT, render

TABLE = """<table>
<thead>
<tr>
<th>a</th>
<th>b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td>2</td>
</tr>
</tbody>
</table>"""
REL = ' rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        (
            "**strong** *em* ~~gone~~ `code`",
            "<p><strong>strong</strong> <em>em</em> <s>gone</s> <code>code</code></p>",
        ),
        ("# Title\n### Third\n###### Sixth", "<h3>Title</h3>\n<h5>Third</h5>\n<h6>Sixth</h6>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("```sh\n<x>\n```", "<pre><code>&lt;x&gt;\n</code></pre>"),
        (
            "a|b\n-|-\n1|2",
            TABLE,
        ),
        ("[x](https://example.com 't')", f'<p><a href="https://example.com" title="t"{REL}>x</a></p>'),
        (
            "see https://example.com/a_b_c.",
            f'<p>see <a href="https://example.com/a_b_c"{REL}>https://example.com/a_b_c</a>.</p>',
        ),
        ("`https://example.com`", "<p><code>https://example.com</code></p>"),
        ("<ana@example.com>", f'<p><a href="mailto:ana@example.com"{REL}>ana@example.com</a></p>'),
        (
            "![a *shot*](https://example.com/x.png)",
            f'<p><a href="https://example.com/x.png"{REL}>a shot</a></p>',
        ),
        (
            "![](https://example.com/x.png)",
            f'<p><a href="https://example.com/x.png"{REL}>https://example.com/x.png</a></p>',
        ),
        (
            "[![shot](https://example.com/x.png)](https://example.com)",
            f'<p><a href="https://example.com"{REL}>shot</a></p>',
        ),
        ("", ""),
    ],
)
def test_what_people_type(source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](\x01javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](/desk/)",
        "[x](//evil.example)",
        '[x](https://a.example "onmouseover=alert(1)")',
        'https://a.example/"onmouseover=alert(1)',
        "`<img src=x onerror=alert(1)>`",
        "a\n<!-- -->\nb",
        "&lt;script&gt;",
        "\ud800",
    ],
)
def test_nothing_acts(source: str) -> None:
    assert_safe(render(source))


def assert_safe(html: str) -> None:
    known = r"</?(?:p|br|s|em|strong|code|pre|ul|ol|li|h[3-6]|hr|blockquote|table|thead|tbody|tr|t[hd]|a)"
    tag = re.compile(known + r"(?: (?:href|title|rel|start)=\"[^\"<>]*\")*>")
    assert "<" not in tag.sub("", html)
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https?:|mailto:|tel:", address, re.IGNORECASE)


PIECES = [
    "#",
    "*",
    "_",
    "~~",
    "`",
    "```",
    "[",
    "](",
    ")",
    "!",
    "<",
    ">",
    "|",
    "-|-",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "1.",
]
SOURCES = st.lists(
    st.sampled_from(
        [*PIECES, "- ", "> ", "\\", "&amp;", "&#0;", "https://a.example/", "javascript:", "a", "é", '"', "'"]
    )
).map("".join)


@given(SOURCES)
def test_any_source_is_safe(source: str) -> None:
    assert_safe(render(source))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_safe(source: str) -> None:
    assert_safe(render(source))


BOMBS = {
    "brackets": "[" * LIMIT,
    "images": "![" * LIMIT,
    "links": "[a](" * LIMIT,
    "stars": "*a_ " * LIMIT,
    "quotes": "> " * LIMIT,
    "lists": "".join("  " * level + "- a\n" for level in range(150)),
    "wide table": "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + "|\n" * 4000,
    "long table": "a|b\n-|-\n" + "a|b\n" * 5000,
    "ticks": "".join("`" * n + " " for n in range(200)),
    "paragraphs": "a\n\n" * LIMIT,
    "lines": "a\n" * LIMIT,
    "links in prose": "see https://a.example/x *now*\n" * 700,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("size", [LIMIT, 100_000])
def test_a_hundred_kilobytes_take_no_longer_than_a_page_may(name: str, size: int) -> None:
    source = (BOMBS[name] * (1 + size // len(BOMBS[name])))[:size]
    began = time.process_time()
    html = render(source)
    assert time.process_time() - began < 1  # 0.2 s by itself; the machine has other things to do
    assert len(html) < 20 * size


def test_what_is_too_long_for_markdown_is_still_readable() -> None:
    html = render("**one** <b>\n\n" + "x" * LIMIT)
    assert html.startswith("<p>**one** &lt;b&gt;</p>\n<p>xxx")
