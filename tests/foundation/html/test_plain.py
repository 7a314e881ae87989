import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.html.plain import paragraphs, text_of

REL = ' rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("one\ntwo\r\n \r\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        (
            "<script>alert('1')</script> & \"x\"",
            "<p>&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;x&quot;</p>",
        ),
        ("**no** markdown", "<p>**no** markdown</p>"),
        (
            "see https://a.example/x?a=1&b=2.",
            f'<p>see <a href="https://a.example/x?a=1&amp;b=2"{REL}>https://a.example/x?a=1&amp;b=2</a>.</p>',
        ),
        (
            "(https://a.example/x_(y))",
            f'<p>(<a href="https://a.example/x_(y)"{REL}>https://a.example/x_(y)</a>)</p>',
        ),
        ("https://a.example/。次", f'<p><a href="https://a.example/"{REL}>https://a.example/</a>。次</p>'),
        ("«https://a.example», …", f'<p>«<a href="https://a.example"{REL}>https://a.example</a>», …</p>'),
        (
            "javascript:alert(1) https:// http://. www.a.example",
            "<p>javascript:alert(1) https:// http://. www.a.example</p>",
        ),
    ],
)
def test_plain_text_as_html(text: str, html: str) -> None:
    assert paragraphs(text) == html


@given(
    st.text(st.characters(exclude_categories=()))
    | st.lists(st.sampled_from(["https://", "a.b", "<", '"', "'", ")", "(", "&", "\n", " ", "。"])).map(
        "".join
    )
)
def test_plain_text_is_never_markup(text: str) -> None:
    html = paragraphs(text)
    assert "<" not in re.sub(r'<a href="https?://[^"<>]+" rel="[a-z ]+">|</a>|</?p>|<br>', "", html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one<br>two</p><p>three &amp; four</p>", "one\ntwo\n\nthree & four"),
        ("<ul><li>a</li><li>b</li></ul>", "* a\n  * b"),
        ("<style>p{}</style><script>x</script><title>t</title>hi", "hi"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a  b"),
        ("<img src=x alt=y>", ""),
        ("a < b", "a < b"),
        ("\0\x01 <p>", "\x01"),
    ],
)
def test_html_as_text(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize("levels", [50, 300, 5_000, 150_000])
def test_deep_html_still_has_its_text(levels: int) -> None:
    assert text_of("<div>" * levels + "still here") == "still here"


@given(
    st.text(st.characters(exclude_categories=()))
    | st.lists(st.sampled_from(["<p>", "</p>", "<td>", "<table>", "<!--", "-->", "&#0;", "<", "x"])).map(
        "".join
    )
)
def test_any_html_has_a_text(html: str) -> None:
    text_of(html)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr>" + "<td>x" * 200_000,
        "<br>" * 250_000,
        "<table><tr><td>x" * 60_000,
        "&#x" * 300_000,
        "<" * 1_000_000,
    ],
)
def test_bombs_are_bounded(html: str) -> None:
    began = time.process_time()
    text_of(html)
    assert time.process_time() - began < 4  # under a second by itself


@pytest.mark.parametrize(
    "text",
    [
        "https://" * 125_000,
        ("https://a" + ")" * 1_990) * 500,
        "\n" * 1_000_000,
        "http" * 250_000,
        "[" * 1_000_000,
    ],
)
def test_a_megabyte_of_plain_text_is_bounded(text: str) -> None:
    began = time.process_time()
    paragraphs(text)
    assert time.process_time() - began < 4
