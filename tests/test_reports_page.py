"""The page as a reader meets it: opened from a file in a browser, light and dark, on a phone and on paper."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Project
from own_rows import NAMES_LIKE_CODE
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from test_cells_as_text import FORMULAS, page_of, renamed
from test_reports_command import N_CHARTS

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="no browser: Debian's packages chromium and chromium-driver are not installed",
)
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)


@pytest.fixture(scope="module")
def index(site: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    return site[0] / "index.html"


@pytest.fixture(scope="module")
def browser(index: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    try:
        driver.get(index.as_uri())
        drawn(driver)
        yield driver
        # After all that the tests did on the page.
        assert driver.get_log("browser") == []
    finally:
        driver.quit()


def soon(driver: webdriver.Chrome, seconds: float = 10) -> WebDriverWait:
    """Return what waits until something is so; Selenium would ask only twice a second."""
    return WebDriverWait(driver, seconds, poll_frequency=0.02)


def pointer(driver: webdriver.Chrome) -> ActionChains:
    """Return a pointer that is there at once, and not after a quarter of a second."""
    return ActionChains(driver, duration=0)


def drawn(driver: webdriver.Chrome) -> None:
    soon(driver, 60).until(lambda page: page.execute_script("return document.body.dataset.drawn") == "true")


def chart(driver: webdriver.Chrome, name: str) -> WebElement:
    element = driver.find_element(By.CSS_SELECTOR, f"[data-chart={name}]")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    return element


def marks(element: WebElement) -> list[WebElement]:
    return element.find_elements(By.CSS_SELECTOR, ".mark-symbol[role=graphics-object] > path")


def texts(element: WebElement) -> list[WebElement]:
    return element.find_elements(By.CSS_SELECTOR, ".mark-text[role=graphics-object] > text")


def emulate(driver: webdriver.Chrome, scheme: str, media: str = "") -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


def test_nothing_is_requested_but_the_page(browser: webdriver.Chrome, index: Path) -> None:
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    requested = {
        event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in requested if not url.startswith("data:")} == {index.as_uri()}
    assert not [event for event in events if event["method"] == "Network.loadingFailed"]


def test_every_chart_has_drawn_its_marks(browser: webdriver.Chrome) -> None:
    charts = browser.find_elements(By.CSS_SELECTOR, "[data-chart]")
    assert len(charts) == N_CHARTS
    for element in charts:
        name = element.get_attribute("data-chart")
        (rows,) = [
            spec["datasets"]["rows"]
            for spec in [json.loads(browser.find_element(By.ID, f"spec-{name}").get_attribute("textContent"))]
        ]
        assert len(marks(element)) >= len(rows), name


def test_every_anchor_leads_somewhere_and_every_picture_exists(browser: webdriver.Chrome, index: Path) -> None:
    for link in browser.find_elements(By.CSS_SELECTOR, "a[href]"):
        target = link.get_dom_attribute("href")
        if target.startswith("#"):
            assert browser.find_elements(By.ID, target[1:]), target
        else:
            assert (index.parent / target).stat().st_size > 1000, target


def test_a_tooltip_appears_under_the_pointer(browser: webdriver.Chrome) -> None:
    element = chart(browser, "figure-9")
    on_top = """
        const box = arguments[0].getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === arguments[0];
    """
    mark = next(each for each in marks(element) if browser.execute_script(on_top, each))
    pointer(browser).move_to_element(mark).perform()
    tooltip = soon(browser).until(lambda page: page.find_element(By.CSS_SELECTOR, "#vg-tooltip-element.visible"))
    words = tooltip.text
    assert "Model" in words
    assert "Joules per forward pass" in words
    (released,) = [line.split()[-1] for line in words.splitlines() if line.startswith("Released")]
    assert time.strptime(released, "%Y-%m-%d")
    pointer(browser).move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()


# The legend that filters is the coloured one, or that of the lines; the charts, with the number of its entries.
LEGENDS = {
    "figure-1": 3,
    "figure-2": 2,
    "figure-3": 3,
    "figure-4": 10,
    "figure-5": 2,
    "figure-6": 3,
    "figure-7": 3,
    "figure-8": 3,
    "figure-9": 3,
    "figure-10": 3,
    "figure-11": 10,
    "figure-12": 2,
    "figure-13": 2,
    "figure-14": 2,
    "frontier-by-year": 10,
    "consolidation-lags": 3,
    "hardware-influence": 2,
    "forecast-on-trial": 3,
    "matching-policies": 3,
    "progress-split": 2,
    "workload-by-country": 2,
    "methods-side-by-side": 8,
    "headline-variants": 5,
    "headline-crossing": 5,
}


@pytest.mark.parametrize("name", LEGENDS)
def test_a_click_on_the_legend_leaves_one_series_with_its_names(browser: webdriver.Chrome, name: str) -> None:
    element = chart(browser, name)
    spec = json.loads(browser.find_element(By.ID, f"spec-{name}").get_attribute("textContent"))
    words = {str(value) for row in spec["datasets"]["rows"] for value in row.values()} | {"Yearly mean"}
    labels = element.find_elements(By.CSS_SELECTOR, ".role-legend")
    (legend,) = [
        each
        for each in labels
        if len(each.find_elements(By.CSS_SELECTOR, ".role-legend-label text")) == LEGENDS[name]
        and not each.text.startswith(
            ("Input tokens", "Segment", "Trained on\n", "GFLOPs", "At the end of", "in the fit")
        )
    ][:1]
    everything, names = len(marks(element)), len(texts(element))
    for entry in legend.find_elements(By.CSS_SELECTOR, ".role-legend-label text"):
        assert entry.text in words
        pointer(browser).move_to_element(entry).click().perform()
        soon(browser).until(lambda _: len(marks(element)) < everything)
        # A name that is left has a mark that is left; each name is drawn twice, once as its halo.
        assert len(texts(element)) <= 2 * len(marks(element))
        pointer(browser).move_to_element(entry).click().perform()
        soon(browser).until(lambda _: len(marks(element)) == everything)
    assert len(texts(element)) == names


def test_dark_mode_changes_the_colours_and_paper_has_the_light_ones(browser: webdriver.Chrome) -> None:
    colours = """
        const path = document.querySelector('[data-chart=figure-3] .mark-line path');
        return [getComputedStyle(document.body).backgroundColor, getComputedStyle(path).stroke];
    """
    emulate(browser, "light")
    light = browser.execute_script(colours)
    emulate(browser, "dark")
    dark = browser.execute_script(colours)
    emulate(browser, "dark", media="print")
    paper = browser.execute_script(colours)
    emulate(browser, "light")
    assert all(one != other for one, other in zip(light, dark, strict=True))
    assert paper == light


def test_rows_are_saved_as_csv(browser: webdriver.Chrome, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    chart(browser, "figure-3")
    browser.find_element(By.CSS_SELECTOR, "[data-csv=figure-3]").click()
    file = tmp_path / "figure-3.csv"
    soon(browser).until(lambda _: file.is_file())
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("model_id,model_name,on_date,value")
    assert len(lines) == 1 + 94


def test_a_link_to_a_closed_table_opens_it(browser: webdriver.Chrome) -> None:
    assert browser.find_element(By.ID, "table-2").get_attribute("open") is None
    browser.execute_script("document.querySelector(\"nav a[href='#table-2']\").click()")
    soon(browser).until(lambda page: page.find_element(By.ID, "table-2").get_attribute("open"))


@contextmanager
def screen(driver: webdriver.Chrome, index: Path, width: int) -> Iterator[None]:
    """Draw the page on a screen of some width, and go back to a window of one's own."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 2, "mobile": width < 480}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        driver.get(index.as_uri())
        drawn(driver)
        yield
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_overflows_on_a_phone(browser: webdriver.Chrome, index: Path) -> None:
    with screen(browser, index, 360):
        browser.execute_script("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert browser.execute_script("return document.documentElement.scrollWidth") == 360
        wide = browser.execute_script(
            """
            const isSeen = part => getComputedStyle(part).opacity > 0 && !part.closest('[clip-path]');
            return [...document.querySelectorAll('.chart svg text, .chart svg path')].filter(part => {
                const box = part.getBoundingClientRect();
                const edge = part.closest('svg').getBoundingClientRect();
                return box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1) && isSeen(part);
            }).map(part => part.closest('.chart').dataset.chart + ': ' + (part.textContent || part.outerHTML));
            """
        )
        assert wide == []


# Of each chart the labels of axes that are cut, and those in a line with less than 3 pixels between them.
UNREADABLE = """
    const found = [];
    document.querySelectorAll(".chart").forEach(chart => {
        chart.querySelectorAll(".role-axis").forEach(axis => {
            const labels = [...axis.querySelectorAll(".role-axis-label text")]
                .filter(each => getComputedStyle(each).opacity > 0);
            const boxes = labels.map(each => each.getBoundingClientRect());
            labels.filter(each => each.textContent.includes("\u2026"))
                .forEach(each => found.push(chart.dataset.chart + ": " + each.textContent));
            boxes.forEach((box, place) => boxes.slice(place + 1).forEach(other => {
                const across = Math.max(box.left, other.left) - Math.min(box.right, other.right);
                const down = Math.max(box.top, other.top) - Math.min(box.bottom, other.bottom);
                if (across < 3 && down < -4) {
                    found.push(chart.dataset.chart + ": two labels at " + box.left + ", " + box.top);
                }
            }));
        });
    });
    return found;
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_of_axes_are_whole_and_apart(browser: webdriver.Chrome, index: Path, width: int) -> None:
    with screen(browser, index, width):
        assert browser.execute_script(UNREADABLE) == []


def test_the_largest_countries_have_their_names_on_a_phone(browser: webdriver.Chrome, index: Path) -> None:
    with screen(browser, index, 360):
        seen = "return getComputedStyle(arguments[0]).opacity > 0"
        names = {
            each.text for each in texts(chart(browser, "workload-by-country")) if browser.execute_script(seen, each)
        }
        spec = json.loads(browser.find_element(By.ID, "spec-workload-by-country").get_attribute("textContent"))
        rows = sorted(spec["datasets"]["rows"], key=lambda row: -row["gco2e"])
        assert names == {row["country_name"] for row in rows[:5]}


@pytest.mark.parametrize("width", [360, 960])
def test_a_wide_table_shows_its_electricity_at_once_and_keeps_its_names(
    browser: webdriver.Chrome, index: Path, width: int
) -> None:
    with screen(browser, index, width):
        browser.execute_script("document.getElementById('workload-estimates').open = true")
        table = browser.find_element(By.CSS_SELECTOR, "#workload-estimates .scroll")
        edges = """
            const scroll = arguments[0].getBoundingClientRect();
            const cells = [...arguments[0].querySelectorAll("tbody tr:first-child td")].slice(0, 4);
            return [scroll.right, scroll.height, ...cells.map(cell => cell.getBoundingClientRect().left)];
        """
        right, height, *lefts = browser.execute_script(edges, table)
        assert lefts == sorted(lefts)
        # Enough for an amount with its interval, and the bar below the table is on the screen.
        assert right - lefts[3] >= 100
        assert height <= 0.8 * 800
        browser.execute_script("arguments[0].scrollLeft = 150", table)
        assert browser.execute_script(edges, table)[2:5] == lefts[:3]


def test_names_that_look_like_code_are_drawn_and_saved_as_text(
    browser: webdriver.Chrome, built_project: Project, tmp_path: Path
) -> None:
    """An alert would stop the browser, and an error in its log fails the fixture."""
    index = tmp_path / "index.html"
    index.write_text(page_of(renamed(built_project, tmp_path)), encoding="utf-8")
    browser.get(index.as_uri())
    drawn(browser)
    name = "<script>alert(1)</script>"
    (mark,) = [
        each for each in marks(chart(browser, "figure-3")) if f"Model: {name};" in each.get_attribute("aria-label")
    ]
    pointer(browser).move_to_element(mark).perform()
    tooltip = soon(browser).until(lambda page: page.find_element(By.CSS_SELECTOR, "#vg-tooltip-element.visible"))
    assert name in tooltip.text
    browser.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.find_element(By.CSS_SELECTOR, "[data-csv=figure-3]").click()
    file = tmp_path / "figure-3.csv"
    soon(browser).until(lambda _: file.is_file())
    with file.open(encoding="utf-8", newline="") as saved:
        names = {row["model_name"] for row in csv.DictReader(saved)}
    assert {f"'{each}" if each in FORMULAS else each for each in NAMES_LIKE_CODE} < names
