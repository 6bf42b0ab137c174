"""What the site needs beyond its pages: those of the repository's root, and the files that pages link to.

README.md, CHANGELOG.md and CONTRIBUTING.md stand where readers of the repository look for them; the site
shows them as pages. Links are written so that they hold in the repository; here each is turned into the one
that holds in the site. What is linked to and is no page (a notebook, a schema) is copied along.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
#: Files of the repository's root, and the pages that they are.
PAGES = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
LINK = re.compile(r"(?<=\]\()(?!https?://|mailto:|#)([^)#\s]+)")
IMAGE = re.compile(r"!\[([^]]*)\]\((\S+)\.png\)")
FENCE = re.compile(r"^[ ]*```.*?^[ ]*```$", re.DOTALL | re.MULTILINE)


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of the root, and what pages link to outside of the folder."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    texts = {page: (ROOT / source).read_text(encoding="utf-8") for source, page in PAGES.items()}
    texts |= {f.src_uri: f.content_string for f in files.documentation_pages() if f.src_uri not in texts}
    for page, text in texts.items():
        for path in linked(text, at(page)):
            if files.get_file_from_path(in_site(path)) is None and (ROOT / path).is_file():
                files.append(File.generated(config, in_site(path), abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links that hold in the repository into those that hold in the site."""
    here = page.file.src_uri

    def anew(link: re.Match[str]) -> str:
        return posixpath.relpath(in_site(target(link[1], at(here))), posixpath.dirname(here) or ".")

    def change(text: str) -> str:
        return LINK.sub(anew, IMAGE.sub(lambda image: in_both_themes(image, at(here), markdown), text))

    return outside_code(markdown, change)


def in_both_themes(image: re.Match[str], source: str, markdown: str) -> str:
    """The picture, and in the dark theme the one for it, if there is one; a page may show both itself."""
    words, path = image.groups()
    dark = f"{path}-dark.png"
    if f"({dark})" in markdown or not (ROOT / target(dark, source)).is_file():
        return image[0]
    return f"![{words}]({path}.png#only-light)![{words}]({dark}#only-dark)"


def at(page: str) -> str:
    """Where a page of the site stands in the repository."""
    return next((source for source, name in PAGES.items() if name == page), f"docs/{page}")


def in_site(path: str) -> str:
    """Where a file of the repository stands in the site.

    >>> in_site("README.md"), in_site("docs/bench.md"), in_site("notebooks/first.ipynb")
    ('index.md', 'bench.md', 'notebooks/first.ipynb')
    """
    return PAGES.get(path, path.removeprefix("docs/"))


def target(link: str, source: str) -> str:
    """The file of the repository that a link in another one means.

    >>> target("../CONTRIBUTING.md", "docs/figures.md")
    'CONTRIBUTING.md'
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), link))


def linked(text: str, source: str) -> list[str]:
    """The files that a page links to."""
    return [target(link, source) for link in LINK.findall(FENCE.sub("", text))]


def outside_code(markdown: str, change: Any) -> str:
    """Change what does not stand in a block of code."""
    parts, end = [], 0
    for block in FENCE.finditer(markdown):
        parts += [change(markdown[end : block.start()]), block[0]]
        end = block.end()
    return "".join([*parts, change(markdown[end:])])
