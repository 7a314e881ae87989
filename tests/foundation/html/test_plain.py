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
        ("<ul><li>a</li><li>b<ul><li>c</ul></li></ul>d", "* a\n* b\n  * c\n\nd"),
        ("<ol start=9><li>a<p>more</p><li>b</ol>", "9. a\n\n   more\n10. b"),
        ("<dl><dt>a<dd>b<br>c</dl>", "a\n  b\n  c"),
        ("<style>p{}</style><script>x</script><title>t</title>hi", "hi"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a  b"),
        ("<table><tr><th>Host<th>Load<tr><td>db<td>0.9<tr><td><td></table>", "Host  Load\ndb    0.9"),
        ("<table><tr><td><p>one</p><p>two</p></td><td>three</td></tr></table>", "one\n\ntwo\nthree"),
        ("a<center>b</center><section>c</section>d", "a\nb\nc\nd"),
        ("a<hr>b", f"a\n{'_' * 32}\nb"),
        ("<pre>a\n  b\n</pre>c&nbsp;&nbsp;d", "a\n  b\n\nc  d"),
        ("<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>", "a\n\nb"),
        ("<p style='margin: 0'>a</p><p style='margin:0cm;color:red'>b</p>", "a\nb"),
        ("<p style='margin: 0 0 10px'>a</p><p>b</p>", "a\n\nb"),
        ("a<blockquote>b<blockquote>c</blockquote><br>d</blockquote>e", "a\n> b\n>> c\n>\n> d\ne"),
        ("<a href='https://a.example/'>a.example</a>", "a.example"),
        ("<a href='https://a.example/?a=1&amp;b=2'>here</a>", "here <https://a.example/?a=1&b=2>"),
        ("<a href='mailto:a@b.example?subject=x'>Ana</a>", "Ana <a@b.example>"),
        ("<a href='https://a.example'><img src=x></a><a href='javascript:x'>b</a>", "b"),
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
        "<blockquote>" * 90 + "<pre>" + "\n" * 990_000,
        "<table><tr><td>x" * 30 + "<pre>" + "\n" * 990_000,
        "<a href=https://a.example/>" + "x " * 480_000,
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
