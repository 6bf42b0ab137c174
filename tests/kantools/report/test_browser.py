"""The page in a real browser: nothing is logged, everything works by mouse and by key, and text fits."""

import re
import shutil

import pytest

from kantools.report.page import as_html

api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install kantools[browser]")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FOUND = next((path for name in BROWSERS if (path := shutil.which(name))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(FOUND is None, reason="needs Chromium or Chrome on the path"),
]


@pytest.fixture(scope="module")
def browser():
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=FOUND, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(report, tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(as_html(report), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser, address):
    """Opens the page; afterwards nothing may have been logged or asked of the network."""
    pages, logged, asked = [], [], []

    def open_(width=1280, **options):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        page.on("console", lambda message: logged.append(message.text))
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert logged == []
    assert {url.partition("#")[0] for url in asked if not url.startswith("data:")} <= {address}


def shown(page):
    return [k for k in range(page.locator(".panel").count()) if page.locator(f"#formula-{k}").is_visible()]


def test_the_chosen_formula_is_shown(opened):
    page = opened()
    assert shown(page) == [1]
    assert page.locator(".point[aria-current]").get_attribute("data-formula") == "1"
    assert page.evaluate("document.querySelector('.hero math').getBoundingClientRect().height") > 30


def test_click_on_a_point_shows_its_formula(opened, report):
    page = opened()
    page.locator(".point").nth(2).click()
    assert shown(page) == [2]
    panel = page.locator("#formula-2")
    assert panel.locator("math").first.is_visible()
    assert panel.locator("svg.chart path.points").count() >= 1
    assert len(report.front[2].constants) == panel.locator(".constants li").count()
    assert page.get_by_role("status").text_content().startswith("Formula 3, complexity 9")


def test_a_row_of_the_table_shows_its_formula(opened):
    page = opened()
    page.locator(".pick").first.click()
    assert shown(page) == [0]


def test_keyboard(opened):
    page = opened()
    page.locator(".point").first.focus()
    page.keyboard.press("Enter")
    assert shown(page) == [0]
    page.keyboard.press("ArrowRight")
    assert shown(page) == [1]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # beyond the last: stays
    assert shown(page) == [2]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert shown(page) == [1]


def test_everything_can_be_reached_by_tab(opened):
    page = opened()
    wanted = page.locator("a:visible, button:visible, summary:visible, .scroll:visible, pre:visible").count()
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(reached) >= wanted


def test_sorting(opened):
    page = opened()
    heading = page.locator("th", has=page.get_by_role("button", name="loss"))
    numbers = "t => [...t.closest('table').tBodies[0].rows].map(r => Number(r.cells[1].dataset.sort))"
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert (losses := heading.evaluate(numbers)) == sorted(losses)
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert heading.evaluate(numbers) == sorted(losses, reverse=True)


def test_copying(opened, report):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy LaTeX", exact=True).click()
    page.get_by_text("Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()").strip() == report.chosen.latex()


def test_address_of_a_formula(opened, address):
    page = opened()
    page.goto(f"{address}#formula-2")
    page.reload()
    assert shown(page) == [2]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_text_fits(opened, width):
    page = opened(width)
    page.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # What is wider than the page stands in a box that scrolls by itself.
    beyond = """() => [...document.querySelectorAll('body *')].filter(e => {
        if (e.parentElement.closest('.scroll, pre, svg')) return false;
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
    }).map(e => e.outerHTML.slice(0, 120))"""
    assert page.evaluate(beyond) == []
    letters = """() => [...document.querySelectorAll('svg.chart text')].filter(t => {
        const box = t.getBoundingClientRect(); return box.width && (box.right > innerWidth || box.left < 0);
    }).map(t => t.textContent)"""
    assert page.evaluate(letters) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_scheme(opened, scheme):
    page = opened(color_scheme=scheme)
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    brightness = sum(int(n) for n in re.findall(r"\d+", colour)[:3]) / 3
    assert (brightness > 200) == (scheme == "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(opened, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    page = opened(color_scheme=scheme, bypass_csp=True)
    results = axe.Axe().run(page)
    told = [f"{v['id']}: {n['html'][:120]}" for v in results.response["violations"] for n in v["nodes"]]
    assert "\n".join(told) == ""


def test_without_javascript_all_formulas_are_shown(opened):
    page = opened(java_script_enabled=False)
    assert shown(page) == [0, 1, 2]


def test_print(opened):
    page = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 10_000
    page.set_viewport_size({"width": 690, "height": 1000})  # A4 between its margins
    width = "[...document.querySelectorAll('figure')].map(f => f.getBoundingClientRect().width)"
    sizes = page.evaluate(width)
    assert max(sizes[:2]) <= 400  # the law and the front: no figure takes a page for itself


def test_names_do_not_run(opened):
    page = opened()
    page.on("dialog", lambda dialog: pytest.fail("a name ran as a script"))
    assert page.locator("script").count() == 1
    assert "<script>" in page.locator("h1").text_content()
