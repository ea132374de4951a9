"""Is there help for every command, and does the manual name only what exists?"""

import re

import pytest

from gongkai.checking import cards
from gongkai.cli import main, parser
from gongkai.cli.returns import years
from gongkai.errors import NotFound
from gongkai.kernel import RuleCard
from gongkai.manual import topic, topics
from gongkai.returns import editions
from tests.core.cli.test_chinese import subparsers

COMMANDS = {path for path, _ in subparsers(parser()) if path}


def test_topics__every_page_has_a_title_and_is_found_by_its_name() -> None:
    for page in topics():
        assert page.title
        assert topic(page.name) is page


def test_manual__every_command_is_explained_somewhere() -> None:
    whole = "\n".join(p.text for p in topics())
    missing = [path for path in COMMANDS if "gongkai " + " ".join(path) not in whole]
    assert missing == []


def test_manual__names_no_command_that_does_not_exist() -> None:
    for page in topics():
        for name in re.findall(r"`gongkai ([a-z]+)", page.text):
            assert (name,) in COMMANDS, f"{page.name}: gongkai {name}"


def test_manual__lists_the_editions_under_the_names_that_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.strip("| ").split(" | ") for line in topic("格式").text.splitlines() if line.startswith("| ")][2:]
    assert rows == [[e.short[0], years(e), e.authority] for e in editions()]
    assert main(["editions"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()[: len(rows)]]
    assert listed == [row[0] for row in rows]


def test_help__lists_the_topics_and_prints_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    listing = capsys.readouterr().out
    assert all(p.name in listing for p in topics())
    assert main(["help", "填报"]) == 0
    assert capsys.readouterr().out.startswith("# 经办人")


def test_help__of_an_unknown_topic_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "天气"]) == 2
    assert "填报" in capsys.readouterr().err
    with pytest.raises(NotFound):
        topic("天气")


@pytest.mark.parametrize("card", cards(), ids=lambda c: c.code)
def test_rule__every_rule_has_its_page(card: RuleCard, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", card.code.lower()]) == 0
    page = capsys.readouterr().out
    assert card.statement in page
    assert card.basis in page


def test_rule__unknown_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "R000"]) == 2
    assert "gongkai rules" in capsys.readouterr().err
