"""Does everything the command line says come out in Chinese?"""

import argparse
import re

import pytest

from gongkai.cli import main, parser

# What may stand in Latin letters: option names, metavariables of formats, file suffixes, codes, proper names of programs.
_ALLOWED = re.compile(
    r"(?m:^ +\w+ = .*$)|~?(/[\w.]+)+|\b(Ctrl|HTTPS|source|var)\b|"
    r"\b[a-z_]+(\.[a-z_]+)+\b|\b[a-z]+_[a-z_]+\b|--?[a-z][a-z-]*|\b(gongkai|json|jsonl|zip|html|text|docx|xlsx|pdf|txt|toml|csv|xml|JSON|WPS|Excel|LibreOffice|Unicode|CASE|UTF|GBK|TOML|CSV|DOCX|HTML|PDF|XLSX|A4)\b"
    r"|\b(check|scan|write|read|form|rule|rules|help|law|workdays|calendar|import|deadline|editions|show|serve|list|yuyao|reply)\b|\bR\d+\b|\bcn\d+\w*"
    r"|\b(init|demo|backup|restore|trail|verify|export|worker|doctor|site|bake|inspect|follow|draft|published-before|tar|keys|backups)\b"
    r"|\b(SQLite|PostgreSQL|DATABASE_URL|https://www\.example\.gov\.cn\S*)|\bgongkai-\w+|\bxiuchuan-sfj\b|\b(jian|lin|song|shen|wen|office|public)\b"
    r"|reply\.limit|[\w./-]+\.(docx|xlsx|toml|html|json|pdf|txt|csv)|127\.0\.0\.1|\bGONGKAI_DATA\b|\b(FAIL|PASS)\b|\bT\d\d:\d\d(:\d\d)?(\+\d\d:\d\d)?"
)


def subparsers(top: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    found = [(path, top)]
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += subparsers(inner, (*path, name))
    return found


EVERY = subparsers(parser())


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(p) or "gongkai" for p, _ in EVERY])
def test_help__speaks_no_english(
    path: tuple[str, ...], command: argparse.ArgumentParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")  # argparse breaks long words over lines; a wide terminal keeps them whole
    words = re.findall(r"[A-Za-z]{3,}", _ALLOWED.sub("", command.format_help()))
    assert words == []


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(p) or "gongkai" for p, _ in EVERY])
def test_help__every_command_describes_itself_and_each_of_its_arguments(
    path: tuple[str, ...], command: argparse.ArgumentParser
) -> None:
    assert command.description
    for action in command._actions:
        if not isinstance(action, argparse._SubParsersAction):
            assert action.help, f"{path}: {action.dest}"


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "缺少参数：命令"),
        (["nosuch"], "没有“nosuch”这个"),
        (["form"], "缺少参数"),
        (["form", "2021", "-o"], "后面要跟一个值"),
        (["form", "2021", "-o", "x.xlsx", "--year", "twenty"], "写法不对"),
        (["check", "x.docx", "--format", "xml"], "可选"),
        (["check", "x.docx", "--nonsense"], "不认识的参数"),
    ],
)
def test_misuse__is_refused_in_chinese_with_the_way_to_help(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert words in said
    assert "--help" in said
    assert not re.search(r"(required|invalid|argument|usage|error)", said)
