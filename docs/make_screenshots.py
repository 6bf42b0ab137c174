"""The report as a browser shows it, for the documentation: ``python docs/make_screenshots.py``.

Needs ``pip install -e .[browser]`` and Chromium or Chrome on the path.
"""

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from kantools import SymbolicRegressor, load

FOLDER = Path(__file__).resolve().parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: Name: width, height and colour scheme.
VIEWS = {
    "report": (1280, 1880, "light"),
    "report-dark": (1280, 1880, "dark"),
    "report-narrow": (360, 1500, "light"),
}
COLORS = 128


def shoot(browser: Browser, page: Path, name: str) -> None:
    width, height, scheme = VIEWS[name]
    view = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    view.goto(page.as_uri())
    file = FOLDER / f"{name}.png"
    view.screenshot(path=file)
    view.close()
    Image.open(file).convert("RGB").quantize(COLORS).save(file, optimize=True)
    print(FOLDER.name, file.name, f"{file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("Screenshots need Chromium or Chrome on the path; none was found. Install one.")
    model = SymbolicRegressor(time_limit=60, random_state=0).fit_table(load("ohm"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page = Path(folder, "report.html")
        model.report(page)
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name in VIEWS:
            shoot(browser, page, name)
        browser.close()


if __name__ == "__main__":
    main()
